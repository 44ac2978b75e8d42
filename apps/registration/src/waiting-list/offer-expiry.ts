import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { OffersService } from './offers.service.js';

const INTERVAL_MS = 60_000;
/** Offers ended in one turn; the rest waits for the next, so that a turn never takes long. */
const AT_ONCE = 100;

/** Ends overdue offers by the clock. Time lives in the database: a missed turn is made good by the next one. */
@Injectable()
export class OfferExpiry implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OfferExpiry.name);
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly offers: OffersService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), INTERVAL_MS);
    this.timer.unref();
    // A turn that was under way looked by the date of before.
    this.clock.onMoved(() => void this.turn.then(() => this.tick()));
    this.tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  private tick(): void {
    if (this.busy) return;
    this.busy = true;
    this.turn = this.expire().finally(() => {
      this.busy = false;
    });
  }

  private async expire(): Promise<void> {
    try {
      await this.offers.expireOverdue(AT_ONCE);
    } catch (error) {
      this.logger.warn(`offers are not ended: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
