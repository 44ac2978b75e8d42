import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ClientsRepository } from '../directory/clients.repository.js';
import { DueRefresh } from '../due/due-refresh.service.js';
import { ProgressSettingsRepository } from './progress-settings.repository.js';
import { StandingsService } from './standings.service.js';

const INTERVAL_MS = 60_000;
/** Clients read at once; each is a unit of work of its own. */
const BATCH = 100;

/**
 * Makes standings anew after the region changed its rules, and, once, what is waited for of clients who were there before
 * that was kept with them. Which are behind stands in the database, so that a process that
 * stops half-way loses nothing: another turn, or another process, goes on.
 */
@Injectable()
export class StandingsRenewal implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(StandingsRenewal.name);
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private busy = false;
  private again = false;
  private stopping = false;
  private isDueKept = false;

  constructor(
    private readonly clients: ClientsRepository,
    private readonly settings: ProgressSettingsRepository,
    private readonly standings: StandingsService,
    private readonly due: DueRefresh,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.soon(), INTERVAL_MS);
    this.timer.unref();
    this.soon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.turn;
  }

  /** Looks whether something is behind, now or after what is going on. */
  soon(): void {
    this.again = true;
    if (this.busy || this.stopping) return;
    this.busy = true;
    this.turn = this.run().finally(() => {
      this.busy = false;
    });
  }

  private async run(): Promise<void> {
    try {
      while (this.again && !this.stopping) {
        this.again = false;
        await this.renewAll();
        if (!this.isDueKept) await this.keepDue();
      }
    } catch (error) {
      this.logger.warn(`standings are not renewed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async renewAll(): Promise<void> {
    const { version } = await this.settings.current();
    for (;;) {
      const behind = await this.clients.behind(version, BATCH);
      for (const clientId of behind) {
        if (this.stopping) return;
        await this.standings.renew(clientId);
      }
      if (behind.length < BATCH) return;
    }
  }

  private async keepDue(): Promise<void> {
    for (;;) {
      const without = await this.clients.withoutDue(BATCH);
      for (const clientId of without) {
        if (this.stopping) return;
        await this.due.settingsChanged(clientId);
      }
      if (without.length < BATCH) break;
    }
    this.isDueKept = true;
  }
}
