import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#calendar/clock.js';
import {
  type AccessActionCode,
  accessesLogged,
  accessLogged,
  type LoggedAccess,
} from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { Outbox } from '#messaging/outbox.js';
import { currentTrace, type Trace, withTrace } from '#messaging/trace.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { type AccessAbout, AccessReceipt, type AccessSubject, Protected } from './protected.js';

/** Clients per log entry; a long list becomes several entries, so that each stays far below 64 KB. */
const SUBJECTS_PER_ENTRY = 200;
/** Bytes of the accesses in one fact: with what surrounds them it stays below 64 KB. */
const MOST_BYTES = 56 * 1024;
/** And how many: the bound of the contract. */
const MOST_ACCESSES = 1_000;

/** What a line of the log says. */
type Entry = Omit<LoggedAccess, 'accessId'>;

interface Waiting {
  entries: Entry[];
  /** Of the request that waits. */
  trace: Trace | undefined;
  stored: () => void;
  failed: (error: unknown) => void;
}

/**
 * The only door through which client data leave a service: first the entry is stored durably in the service's own
 * outbox, then the value is opened. Entries of reads that happen together are stored together, and travel as one fact.
 */
@Injectable()
export class AccessLog {
  private waiting: Waiting[] = [];
  private storing = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores who saw what, then opens it.
   * @throws Refusal `access-log-unavailable` (503) when the entry could not be stored: then nothing is shown.
   */
  async disclose<T>(caller: Caller, operation: string, sealed: Protected<T>): Promise<T> {
    const entries = this.entries(caller, sealed.action, operation, sealed.subjects, sealed.about);
    if (entries.length > 0) {
      try {
        await this.store(entries);
      } catch {
        throw Refusal.of('access-log-unavailable');
      }
    }
    const clientIds = sealed.subjects.map(({ clientId }) => clientId);
    return Protected.open(sealed, new AccessReceipt(clientIds, sealed.about));
  }

  /**
   * Adds the entry of a write to the unit of work of that write: both are stored or neither.
   * @param eventId given when the entry's identity derives from the request: the same request is then stored only once,
   * a second time fails as a duplicate key. For writes of at most 200 clients.
   */
  record(
    tx: Tx,
    caller: Caller,
    action: AccessActionCode,
    operation: string,
    subjects: readonly AccessSubject[],
    eventId?: string,
  ): void {
    const identity = eventId === undefined ? {} : { eventId };
    for (const data of this.entries(caller, action, operation, subjects)) {
      const key = subjects[0]?.clientId ?? caller.personId;
      this.outbox.add(tx, accessLogged, data, { key, version: 0, ...identity });
    }
  }

  private entries(
    caller: Caller,
    action: AccessActionCode,
    operation: string,
    subjects: readonly AccessSubject[],
    about?: AccessAbout,
  ): Entry[] {
    const correlationId = currentTrace()?.correlationId;
    const parts: Entry[] = [];
    const length = about === undefined ? subjects.length : Math.max(subjects.length, 1);
    for (let start = 0; start < length; start += SUBJECTS_PER_ENTRY) {
      const part = subjects.slice(start, start + SUBJECTS_PER_ENTRY);
      parts.push({
        at: this.clock.now().toISOString(),
        actorId: caller.personId,
        actorKind: caller.kind,
        actorRoles: caller.roles,
        ...(caller.organisationId ? { actorOrganisationId: caller.organisationId } : {}),
        action,
        operation,
        subjects: part.map(({ clientId, ground }) => ({ clientId, ground })),
        ...(about ? { aboutImportId: about.importId } : {}),
        emergency: part.some(({ ground }) => ground === 'emergency'),
        ...(correlationId ? { correlationId } : {}),
      });
    }
    return parts;
  }

  private store(entries: Entry[]): Promise<void> {
    return new Promise((stored, failed) => {
      this.waiting.push({ entries, trace: currentTrace(), stored, failed });
      if (!this.storing) void this.storeWaiting();
    });
  }

  /** One insert at a time; what arrives meanwhile goes with the next one, so that a busy service writes fewer, larger. */
  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.waiting.length);
      try {
        const entries = batch.flatMap((one) => one.entries);
        const store = () => this.storeTogether(entries);
        // What is stored shows under the first of those who wait for it, not under whoever came when nobody waited.
        const trace = batch[0]?.trace;
        await (trace ? withTrace(trace, store) : store());
        for (const { stored } of batch) stored();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.storing = false;
  }

  private async storeTogether(entries: readonly Entry[]): Promise<void> {
    const [only, ...others] = entries;
    if (only && others.length === 0) {
      const meta = { key: only.subjects[0]?.clientId ?? only.actorId, version: 0 };
      await this.outbox.store(accessLogged, [{ data: only, meta }]);
      return;
    }
    const identified = entries.map((entry) => ({ ...entry, accessId: uuidv7() }));
    const items = parcels(identified).map((accesses) => ({
      data: { accesses },
      meta: { key: accesses[0]?.accessId ?? uuidv7(), version: 0 },
    }));
    await this.outbox.store(accessesLogged, items);
  }
}

/** Divides accesses over facts that stay within their bounds, in their order. */
function parcels(accesses: readonly LoggedAccess[]): LoggedAccess[][] {
  const all: LoggedAccess[][] = [];
  let last: LoggedAccess[] = [];
  let bytes = 0;
  for (const access of accesses) {
    const size = Buffer.byteLength(JSON.stringify(access)) + 1;
    if (last.length === 0 || bytes + size > MOST_BYTES || last.length >= MOST_ACCESSES) {
      last = [];
      bytes = 0;
      all.push(last);
    }
    last.push(access);
    bytes += size;
  }
  return all;
}
