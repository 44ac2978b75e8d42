import { Controller } from '@nestjs/common';
import { type AccessGround, Protected } from '#access/protected.js';
import type { AccessActionCode } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import {
  type Absence,
  cancelAbsence,
  CancelAbsence,
  callerRelations,
  type CallerRelations,
  type Caseload,
  caseloadHistory,
  CaseloadOf,
  type CaseloadVersion,
  createAbsence,
  CreateAbsence,
  listAbsences,
  ListAbsences,
  listCaseloads,
  ListCaseloads,
  putCaseload,
  PutCaseload,
} from '#contracts/notifications/caseloads.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { AbsencesService } from './absences.service.js';
import { CaseloadsService } from './caseloads.service.js';

@Controller()
export class CaseloadsController {
  constructor(
    private readonly caseloads: CaseloadsService,
    private readonly absences: AbsencesService,
  ) {}

  @Handles(listCaseloads)
  async list(query: ListCaseloads, caller: Caller): Promise<Protected<Page<Caseload>>> {
    const page = await this.caseloads.list(query);
    return sealed('read', page.items, caller, page);
  }

  @Handles(putCaseload)
  async put(command: PutCaseload, caller: Caller): Promise<Protected<Caseload>> {
    const caseload = await this.caseloads.put(caller, command);
    return sealed('update', [caseload], caller, caseload);
  }

  @Handles(caseloadHistory)
  async history(query: CaseloadOf, caller: Caller): Promise<Protected<Page<CaseloadVersion>>> {
    const items = await this.caseloads.history(query.personId);
    return sealed('read', items, caller, { items });
  }

  @Handles(listAbsences)
  listAbsences(query: ListAbsences, _caller: Caller): Promise<Page<Absence>> {
    return this.absences.list(query);
  }

  @Handles(createAbsence)
  createAbsence(command: CreateAbsence, caller: Caller): Promise<Absence> {
    return this.absences.create(caller, command);
  }

  @Handles(cancelAbsence)
  cancelAbsence(command: CancelAbsence, caller: Caller): Promise<Absence> {
    return this.absences.cancel(caller, command);
  }

  @Handles(callerRelations)
  relations(query: CaseloadOf, _caller: Caller): Promise<CallerRelations> {
    return this.caseloads.relations(query.personId);
  }
}

/** A caseload names clients: who looks at it sees that these people are in the chain. */
function sealed<T>(
  action: AccessActionCode,
  caseloads: readonly Pick<Caseload, 'clientIds'>[],
  caller: Caller,
  value: T,
): Protected<T> {
  const ground: AccessGround = caller.roles.includes('beheerder') ? 'operator-task' : 'own-caseload';
  const clients = [...new Set(caseloads.flatMap(({ clientIds }) => clientIds))];
  return new Protected(
    action,
    clients.map((clientId) => ({ clientId, ground })),
    value,
  );
}
