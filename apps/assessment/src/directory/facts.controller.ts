import { Controller } from '@nestjs/common';
import type { CloudEvent } from '#contracts/fact.js';
import {
  ClientChanged,
  clientChanged,
  HousingSituationChanged,
  housingSituationChanged,
} from '#contracts/registration/facts.js';
import { OnFact } from '#messaging/on-fact.js';
import { Turns } from '#messaging/turns.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { ClientsRepository } from './clients.repository.js';
import { afterHousing, afterRecord } from './known-client.js';

/** What registration tells of clients. */
@Controller()
export class FactsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly turns: Turns,
    private readonly clients: ClientsRepository,
  ) {}

  /** Housing facts of one client have consecutive versions: each has its turn, once. */
  @OnFact(housingSituationChanged)
  async onHousing(event: CloudEvent<HousingSituationChanged>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.turns.take(tx, event))) return;
      const client = await this.clients.load(tx, event.data.clientId);
      await this.clients.save(tx, { ...client, known: afterHousing(client.known, event.data) });
    });
  }

  /** A stale fact changes nothing, so that a second delivery does no harm. */
  @OnFact(clientChanged)
  async onClient(event: CloudEvent<ClientChanged>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const client = await this.clients.load(tx, event.data.clientId);
      const known = afterRecord(client.known, event.data);
      if (known === client.known) return;
      await this.clients.save(tx, { ...client, known });
    });
  }
}
