import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import {
  mergeClients,
  type MergeClients,
  type MergedClients,
  unmergeClients,
  type UnmergeClients,
} from '#contracts/registration/clients.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Creations } from '../creations.js';
import { onceOnly, StaysService } from '../stays/stays.service.js';
import { checkMerge, mergedDetails, type MergeSide } from './client-rules.js';
import { ClientWriting, type RecordChange, type StoredBsn } from './client-writing.js';
import type { ClientDocument, ClientRecord } from './client.schema.js';
import { ClientsRepository } from './clients.repository.js';
import { bsnTaken, groundOf } from './clients.service.js';
import { withoutMerge } from './record-changes.js';

/** Joins two records of one person, and takes that back (issue: "merge of two records with history"). */
@Injectable()
export class ClientMergeService {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly writing: ClientWriting,
    private readonly stays: StaysService,
    private readonly creations: Creations,
    private readonly clock: Clock,
  ) {}

  /**
   * The stays and what the record that goes on does not know come from the other one, which stays readable and accepts
   * nothing any more.
   * @throws Refusal `not-found` when the caller may not see both, `merge-same-client`, `already-merged`,
   * `merge-different-bsn`, `merge-overlap`
   */
  merge(command: MergeClients, caller: Caller): Promise<MergedClients> {
    const { clientId, intoClientId, reason } = command;
    return onceOnly(() =>
      this.creations.unique(async (tx) => {
        const from = await this.load(tx, clientId, 'clientId');
        const into = await this.load(tx, intoClientId, 'intoClientId');
        const [fromChange, intoChange] = this.changes('merged', from, into, { caller, reason });
        checkMerge(sideOf(from), sideOf(into));
        await this.stays.executeIn(tx, { kind: 'merge', clientId, intoClientId }, caller, {
          channel: 'person',
          operation: mergeClients.subject,
        });
        const mergedInto = {
          clientId: intoClientId,
          at: this.clock.now(),
          by: caller.personId,
          reason,
          intoVersion: into.version + 1,
        };
        // First, because it gives the BSN free that the other record may take over.
        const away = await this.writing.save(
          tx,
          from,
          { details: from.details, bsn: from.bsn, mergedInto },
          fromChange,
        );
        await this.repository.keepRelations(tx, from);
        const details = mergedDetails(from.details, into.details);
        const bsn =
          into.bsnHash === undefined ? this.writing.storedBsn(this.writing.bsnOf(from), into._id) : bsnIn(into);
        const on = await this.writing.save(tx, into, { details, ...bsn }, intoChange);
        return { clientId, version: away.version, intoClientId, intoVersion: on.version };
      }, bsnTaken),
    );
  }

  /**
   * Both records get back what they had; what was changed in the joined record since stays there.
   * @throws Refusal `not-found`, `not-merged`, `change-built-upon` when the stays were changed since, `bsn-in-use`
   */
  unmerge({ clientId, reason }: UnmergeClients, caller: Caller): Promise<MergedClients> {
    return onceOnly(() =>
      this.creations.unique(async (tx) => {
        const from = await this.load(tx, clientId, 'clientId');
        groundOf(from, caller);
        if (!from.mergedInto) throw Refusal.of('not-merged');
        const into = await this.load(tx, from.mergedInto.clientId, 'clientId');
        const [fromChange, intoChange] = this.changes('unmerged', from, into, withReason(caller, reason));
        await this.stays.executeIn(tx, { kind: 'unmerge', clientId }, caller, {
          channel: 'person',
          operation: unmergeClients.subject,
        });
        const restored = await this.beforeMerge(tx, from, into);
        // First, because it gives the BSN free that came from the other record.
        const on = await this.writing.save(tx, into, restored, intoChange);
        const own = this.writing.storedBsn(this.writing.bsnOf(from), from._id);
        const back = await this.writing.save(tx, from, { details: from.details, ...own }, fromChange);
        return { clientId, version: back.version, intoClientId: into._id, intoVersion: on.version };
      }, bsnTaken),
    );
  }

  /** The record that went on, without what the merge brought. */
  private async beforeMerge(
    tx: Tx,
    from: ClientDocument,
    into: ClientDocument,
  ): Promise<{ details: ClientRecord } & StoredBsn> {
    const mergeVersion = from.mergedInto?.intoVersion ?? 0;
    const merged = await this.repository.version(into._id, mergeVersion, tx.session);
    const before = await this.repository.version(into._id, mergeVersion - 1, tx.session);
    if (!merged || !before) throw new Error(`client ${into._id} has no version ${mergeVersion} of its merge`);
    const details = withoutMerge(before.details, merged.details, into.details);
    const cameAlong = before.bsn === undefined && this.writing.bsnOf(into) === this.writing.bsnOf(from);
    return { details, ...(cameAlong ? {} : bsnIn(into)) };
  }

  private async load(tx: Tx, clientId: string, field: string): Promise<ClientDocument> {
    const client = await this.repository.find(clientId, tx.session);
    if (!client) throw Refusal.of('not-found', { fields: [field] });
    return client;
  }

  /** @throws Refusal `not-found` when the caller may not see one of them */
  private changes(
    change: 'merged' | 'unmerged',
    from: ClientDocument,
    into: ClientDocument,
    by: { caller: Caller; reason?: string },
  ): [RecordChange, RecordChange] {
    const operation = change === 'merged' ? mergeClients.subject : unmergeClients.subject;
    const of = (client: ClientDocument, other: ClientDocument): RecordChange => ({
      change,
      ...by,
      ground: groundOf(client, by.caller),
      operation,
      action: 'merge',
      withClientId: other._id,
    });
    return [of(from, into), of(into, from)];
  }
}

function withReason(caller: Caller, reason: string | undefined): { caller: Caller; reason?: string } {
  return reason === undefined ? { caller } : { caller, reason };
}

function sideOf({ _id, details, bsnHash, mergedInto }: ClientDocument): MergeSide {
  return { clientId: _id, details, bsnHash, isMergedAway: mergedInto !== undefined };
}

function bsnIn({ bsn, bsnHash }: ClientDocument): StoredBsn {
  return { ...(bsn === undefined ? {} : { bsn }), ...(bsnHash === undefined ? {} : { bsnHash }) };
}
