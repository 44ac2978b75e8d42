import { Controller } from '@nestjs/common';
import type { CloudEvent } from '#contracts/fact.js';
import {
  ClientChanged,
  clientChanged,
  ClientKnown,
  clientKnown,
  ClientNumberLinked,
  clientNumberLinked,
  HousingSituationChanged,
  housingSituationChanged,
} from '#contracts/registration/facts.js';
import { OnFact } from '#messaging/on-fact.js';
import { Turns } from '#messaging/turns.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { DueRefresh } from '../due/due-refresh.service.js';
import { StandingsService } from '../progress/standings.service.js';
import { ClientNumbersRepository } from './client-numbers.repository.js';
import { ClientsRepository } from './clients.repository.js';
import { afterHousing, afterKnown, afterRecord, type KnownClient } from './known-client.js';

/** What registration tells of clients. */
@Controller()
export class FactsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly turns: Turns,
    private readonly clients: ClientsRepository,
    private readonly numbers: ClientNumbersRepository,
    private readonly standings: StandingsService,
    private readonly due: DueRefresh,
  ) {}

  /** Housing facts of one client have consecutive versions: each has its turn, once. */
  @OnFact(housingSituationChanged)
  async onHousing(event: CloudEvent<HousingSituationChanged>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.turns.take(tx, event))) return;
      const client = await this.clients.load(tx, event.data.clientId);
      await this.standings.write(tx, { ...client, known: afterHousing(client.known, event.data) });
      await this.due.clientChanged(tx, event.data.clientId);
    });
  }

  /** A stale fact changes nothing, so that a second delivery does no harm. */
  @OnFact(clientChanged)
  async onClient({ data }: CloudEvent<ClientChanged>): Promise<void> {
    await this.learn(data.clientId, (known) => afterRecord(known, data));
  }

  /** Of who was there before: the same, also where facts of before come after it. */
  @OnFact(clientKnown)
  async onKnown({ data }: CloudEvent<ClientKnown>): Promise<void> {
    await this.learn(data.clientId, (known) => afterKnown(known, data));
  }

  /** A number may be told before its client is. */
  @OnFact(clientNumberLinked)
  async onNumber({ data }: CloudEvent<ClientNumberLinked>): Promise<void> {
    await this.numbers.learn(data);
  }

  private async learn(clientId: string, change: (known: KnownClient) => KnownClient): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const client = await this.clients.load(tx, clientId);
      const known = change(client.known);
      if (known === client.known) return;
      await this.standings.write(tx, { ...client, known });
      await this.renewAbove(tx, client.known.mergedInto, known.mergedInto);
      await this.due.clientChanged(tx, clientId);
      // Out of which it was taken: its ZRMs are that record's no more.
      const { mergedInto: before } = client.known;
      if (before !== undefined && before !== known.mergedInto) await this.due.clientChanged(tx, before);
    });
  }

  /** Who goes on for a record has its ZRMs, or has them no more. */
  private async renewAbove(tx: Tx, before: string | undefined, after: string | undefined): Promise<void> {
    if (before === after) return;
    const above = new Set<string>();
    for (const record of [before, after]) {
      for (const id of record === undefined ? [] : await this.clients.recordsAbove(tx, record)) above.add(id);
    }
    for (const clientId of above) await this.standings.write(tx, await this.clients.load(tx, clientId));
  }
}
