import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { MeldingSettlement } from '#contracts/notifications/codes.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { DeliveryService } from './delivery.service.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { settle } from './settling-rules.js';

/** Takes meldingen off the open lists when what they ask for was done, lapsed, or is asked anew. */
@Injectable()
export class SettlingService {
  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly clock: Clock,
  ) {}

  /** Settles everybody's parts about one thing, wherever they went, in the unit of work that takes the event. */
  async settle(tx: Tx, clientId: string, aboutId: string, because: MeldingSettlement): Promise<void> {
    const now = this.clock.now();
    for (const melding of await this.meldingen.asking(clientId, aboutId, tx)) {
      await this.delivery.save(tx, melding, settle(melding, aboutId, because, now));
    }
  }
}
