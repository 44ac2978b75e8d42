import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import {
  type ClientAccess,
  ListClientAccess,
  listClientAccess,
  ListPersonAccess,
  listPersonAccess,
  type LogVerification,
  type PersonAccess,
  VerifyLog,
  verifyLog,
} from '#contracts/audit/access-log.js';
import { AccessesLogged, accessesLogged, AccessLogged, accessLogged } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent } from '#contracts/fact.js';
import type { Page } from '#contracts/paging.js';
import { OnFact } from '#messaging/on-fact.js';
import { Handles } from '#platform/handles.js';
import { LogReading } from './log-reading.service.js';
import { LogVerifier } from './log-verifier.js';
import { LogWriting } from './log-writing.service.js';

/** Time for one answer of a verification; within the deadline of the request. */
const VERIFY_BUDGET_MS = 10_000;

@Controller()
export class LogController {
  constructor(
    private readonly writing: LogWriting,
    private readonly reading: LogReading,
    private readonly verifier: LogVerifier,
  ) {}

  @OnFact(accessLogged)
  onAccess(event: CloudEvent<AccessLogged>): Promise<void> {
    return this.writing.record(event);
  }

  @OnFact(accessesLogged)
  onAccesses(event: CloudEvent<AccessesLogged>): Promise<void> {
    return this.writing.recordAll(event);
  }

  @Handles(listClientAccess)
  ofClient(query: ListClientAccess, caller: Caller): Promise<Protected<Page<ClientAccess>>> {
    return this.reading.ofClient(query, caller);
  }

  @Handles(listPersonAccess)
  ofPerson(query: ListPersonAccess, caller: Caller): Promise<Protected<Page<PersonAccess>>> {
    return this.reading.ofPerson(query, caller);
  }

  @Handles(verifyLog)
  verify(query: VerifyLog, _caller: Caller): Promise<LogVerification> {
    return this.verifier.verify(query.from ?? 1, { budgetMs: VERIFY_BUDGET_MS });
  }
}
