import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { clientKnown } from '#contracts/registration/facts.js';
import { Outbox } from '#messaging/outbox.js';
import { type Claim, Claims } from '#persistence/claims.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { type ClientDocument, ClientModel } from '../clients/client.schema.js';
import { chainPresence } from './chain-presence.js';

/** Clients told of in one unit of work. */
const BATCH = 200;
/** Taken when every client that was there was told of: this work is done once in the life of a database. */
const DONE: Claim & { value: string } = { kind: 'upgrade', value: 'clients-told', holder: 'registration' };

const fields = {
  version: 1,
  mergedInto: 1,
  'ledger.version': 1,
  'ledger.stays': 1,
  relatedOrganisationIds: 1,
  relatedClusterIds: 1,
} as const;
type Told = Pick<
  ClientDocument,
  '_id' | 'version' | 'mergedInto' | 'ledger' | 'relatedOrganisationIds' | 'relatedClusterIds'
>;

/**
 * Tells of every client that an earlier version wrote: its facts say less than the present ones, or are no longer kept by the
 * broker, and services that came later reckon with all of it (docs/decisions/0027). Begun anew when it was broken off.
 */
@Injectable()
export class ClientsTold implements OnApplicationBootstrap {
  constructor(
    private readonly clients: ClientModel,
    private readonly claims: Claims,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.claims.holderOf(DONE.kind, DONE.value)) !== undefined) return;
    for (let last: string | undefined = ''; last !== undefined;) last = await this.tellAfter(last);
    await this.claims.fill([DONE]);
  }

  /** @returns the last client told of; undefined when there was none */
  private tellAfter(last: string): Promise<string | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.clients.model
        .find({ _id: { $gt: last } }, fields, { session: tx.session })
        .sort({ _id: 1 })
        .limit(BATCH)
        .lean<Told[]>();
      const recordedAt = this.clock.now().toISOString();
      for (const { _id, version, mergedInto, ledger, relatedOrganisationIds, relatedClusterIds } of found) {
        const data = {
          clientId: _id,
          housingVersion: ledger.version,
          recordVersion: version,
          recordedAt,
          relatedOrganisationIds,
          relatedClusterIds,
          ...chainPresence(ledger.stays),
          ...(mergedInto === undefined ? {} : { mergedInto: mergedInto.clientId }),
        };
        this.outbox.add(tx, clientKnown, data, { key: _id, version: 0 });
      }
      return found.at(-1)?._id;
    });
  }
}
