import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { type ClientRecord, ClientsRepository } from './clients.repository.js';

/** A client that the caller may see, with the records of the same person, and why they may. */
export interface SeenClient {
  readonly client: ClientRecord;
  /** The record and all that were merged into it. */
  readonly records: readonly string[];
  readonly ground: AccessGround;
  /** Whether the caller works for the institution of the client, which fills in. */
  readonly mayFillIn: boolean;
}

/** Who may see and fill in the ZRMs of a client (domain.md §2). */
@Injectable()
export class ClientAccess {
  constructor(private readonly clients: ClientsRepository) {}

  /** @throws Refusal `not-found` when the caller has no relation to the client: that they exist is not told */
  async seen(clientId: string, caller: Caller, tx?: Tx): Promise<SeenClient> {
    const client = await this.clients.find(clientId, tx);
    const ground = client && groundFor(caller, client.known);
    if (!client || ground === undefined) throw Refusal.of('not-found', { fields: ['clientId'] });
    const records = await this.clients.recordsUnder(clientId, tx);
    const asManager = groundFor(
      { ...caller, roles: caller.roles.filter((role) => role === 'clientmanager') },
      client.known,
    );
    return { client, records, ground, mayFillIn: asManager !== undefined };
  }

  /**
   * The client to fill in something for.
   * @throws Refusal `not-found` as above, and for who may only read; `client-merged-away`
   */
  async writable(clientId: string, caller: Caller, tx?: Tx): Promise<SeenClient> {
    const seen = await this.seen(clientId, caller, tx);
    if (!seen.mayFillIn) throw Refusal.of('not-found', { fields: ['clientId'] });
    if (seen.client.known.mergedInto !== undefined) throw Refusal.of('client-merged-away');
    return seen;
  }
}
