import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { clientNumberLinked } from '#contracts/registration/facts.js';
import { Outbox } from '#messaging/outbox.js';
import { type Claim, Claims } from '#persistence/claims.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { ExternalIds, type LinkedNumber } from './external-ids.js';

/** Numbers told of in one unit of work. */
const BATCH = 200;

/**
 * The numbers under which institutions know their clients, for services that get files with such numbers
 * (docs/decisions/0033): each is told as a keyed hash, those that were there before once, and anew with another key.
 */
@Injectable()
export class ClientNumbers implements OnApplicationBootstrap {
  /** Taken when every number that was there was told of: done once with each key. */
  private readonly told: Claim & { value: string };

  constructor(
    private readonly externalIds: ExternalIds,
    private readonly hash: ClientNumberHash,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: Claims,
  ) {
    const key = hash.of('', 'which key').slice(0, 12);
    this.told = { kind: 'upgrade', value: `client-numbers-told-${key}`, holder: 'registration' };
  }

  /** Begun anew when it was broken off: the same told twice is not news. */
  async onApplicationBootstrap(): Promise<void> {
    if ((await this.claims.holderOf(this.told.kind, this.told.value)) !== undefined) return;
    for (let last: string | undefined = ''; last !== undefined;) last = await this.tellAfter(last);
    await this.claims.fill([this.told]);
  }

  /** Lets a number stand for a client, whomever it stood for before; tells it when that is new. */
  async point(organisationId: string, number: string, clientId: string): Promise<void> {
    if ((await this.externalIds.find(organisationId, 'client', number)) === clientId) return;
    await this.unitOfWork.run(async (tx) => {
      const linked = await this.externalIds.pointClient(tx, organisationId, number, clientId);
      if (linked !== undefined) this.tell(tx, linked);
    });
  }

  /** @returns the key of the last number told of; undefined when there was none */
  private tellAfter(last: string): Promise<string | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.externalIds.clientNumbersAfter(last, BATCH, tx);
      for (const linked of found) this.tell(tx, linked);
      return found.at(-1)?.key;
    });
  }

  private tell(tx: Tx, { organisationId, number, targetId, version }: LinkedNumber): void {
    const numberHash = this.hash.of(organisationId, number);
    const data = { organisationId, numberHash, clientId: targetId, version };
    this.outbox.add(tx, clientNumberLinked, data, { key: numberHash, version });
  }
}
