import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import type { AccessSubject } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import type { Session } from './calibration-types.js';
import { clientsOf, isRaterIn } from './calibration-views.js';

/**
 * Who sees a calibration session: who was invited, and every trajectregisseur, who calibrates (domain.md §2); and of a session
 * with clients only who may see each of them. An invitation is no ground to see a client.
 */
@Injectable()
export class CalibrationAccess {
  constructor(private readonly clients: ClientsRepository) {}

  /** The clients in the session with the ground for each; undefined when the session does not exist for the caller. */
  async subjects(session: Session, caller: Caller, tx?: Tx): Promise<AccessSubject[] | undefined> {
    if (!isRaterIn(session, caller.personId) && !seesAllSessions(caller)) return undefined;
    const subjects: AccessSubject[] = [];
    for (const clientId of clientsOf(session)) {
      const subject = await this.subject(clientId, caller, tx);
      if (subject === undefined) return undefined;
      subjects.push(subject);
    }
    return subjects;
  }

  /**
   * The clients that somebody plans a session about, with the ground for each.
   * @throws Refusal `not-found` at each client that the caller may not see, `client-merged-away`
   */
  async planned(cases: readonly { readonly clientId?: string }[], caller: Caller, tx: Tx): Promise<AccessSubject[]> {
    const subjects: AccessSubject[] = [];
    for (const [index, { clientId }] of cases.entries()) {
      if (clientId === undefined) continue;
      const fields = [`cases[${index}].clientId`];
      const subject = await this.subject(clientId, caller, tx);
      if (subject === undefined) throw Refusal.of('not-found', { fields });
      const client = await this.clients.find(clientId, tx);
      if (client?.known.mergedInto !== undefined) throw Refusal.of('client-merged-away', { fields });
      subjects.push(subject);
    }
    return subjects;
  }

  private async subject(clientId: string, caller: Caller, tx: Tx | undefined): Promise<AccessSubject | undefined> {
    const client = await this.clients.find(clientId, tx);
    const ground = client && groundFor(caller, client.known);
    return ground === undefined ? undefined : { clientId, ground };
  }
}

/** A regisseur sees sessions of colleagues too. */
export function seesAllSessions({ roles }: Caller): boolean {
  return roles.includes('trajectregisseur');
}
