import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock, WallClock } from '#calendar/clock.js';
import { type Hold, WorkStopped } from './hold.js';
import type { ImportDocument } from './import.schema.js';
import { ImportCommitter } from './import-committer.js';
import { ImportReader } from './import-reader.js';
import { ImportsRepository } from './imports.repository.js';

const SWEEP_INTERVAL_MS = 3_000;
/** How long a worker may be silent before another takes over. */
const LEASE_MS = 6_000;
const HEARTBEAT_MS = 2_000;
/** Files that one process works on together; the rest wait for their turn. */
const WIDTH = 2;
/** An upload that was never finished is given up after this, ms. */
const UPLOAD_PATIENCE_MS = 24 * 3_600_000;

/**
 * Reads files and carries them out in the background, each by one process at a time. A process that dies leaves a lease
 * that ends; whoever sweeps next goes on where it stopped.
 */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportWorker.name);
  private readonly holder = uuidv7();
  private readonly running = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private sweepAgain = false;
  private stopping = false;

  constructor(
    private readonly repository: ImportsRepository,
    private readonly reader: ImportReader,
    private readonly committer: ImportCommitter,
    private readonly clock: Clock,
    private readonly wall: WallClock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.kick(), SWEEP_INTERVAL_MS);
    this.kick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.sweeping;
    await Promise.allSettled(this.running.values());
  }

  /** Looks for work now. */
  kick(): void {
    if (this.stopping) return;
    if (this.sweeping !== undefined) {
      this.sweepAgain = true;
      return;
    }
    this.sweepAgain = false;
    this.sweeping = this.sweep()
      .catch((error: unknown) => this.logger.warn(`imports: ${String(error)}`))
      .finally(() => {
        this.sweeping = undefined;
        if (this.sweepAgain) this.kick();
      });
  }

  private async sweep(): Promise<void> {
    await this.deleteOldContent();
    for (const document of await this.repository.inStates(['reading', 'committing'])) {
      if (this.stopping || this.running.size >= WIDTH) return;
      if (this.running.has(document._id)) continue;
      const work = this.work(document._id, document.state)
        .catch((error: unknown) => this.logger.error(error instanceof Error ? error : String(error)))
        .finally(() => {
          this.running.delete(document._id);
          this.kick();
        });
      this.running.set(document._id, work);
    }
  }

  private async work(importId: string, state: ImportDocument['state']): Promise<void> {
    const now = this.wall.now();
    if (!(await this.repository.takeLease(importId, state, this.holder, now, this.leaseEnd()))) return;
    const document = await this.repository.find(importId);
    if (document === null) return;
    let lost = false;
    const keep = async (change: Partial<Omit<ImportDocument, 'lease'>>) => {
      lost ||= !(await this.repository.progress(importId, this.holder, this.leaseEnd(), change));
    };
    const heartbeat = setInterval(() => void keep({}).catch(() => undefined), HEARTBEAT_MS);
    const check = () => {
      if (lost || this.stopping) throw new WorkStopped();
    };
    const hold: Hold = {
      check,
      progress: async (change) => {
        check();
        await keep(change);
        check();
      },
    };
    try {
      const result = await (state === 'reading'
        ? this.reader.read(document, hold)
        : this.committer.commit(document, hold));
      clearInterval(heartbeat);
      await this.repository.release(importId, this.holder, result);
      if (state === 'reading') await this.repository.deleteChunks(importId);
    } catch (error) {
      clearInterval(heartbeat);
      // Whoever is next need not wait for the lease to end.
      await this.repository.release(importId, this.holder, {}).catch(() => undefined);
      if (!(error instanceof WorkStopped)) throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** What is no longer needed goes: the content after its time, and uploads that were never finished. */
  private async deleteOldContent(): Promise<void> {
    for (const { _id, state } of await this.repository.withExpiredContent(this.clock.today())) {
      if (state === 'committing' || state === 'reading') continue;
      const given = state === 'completed' || state === 'failed' || state === 'cancelled' ? state : 'cancelled';
      if (!(await this.repository.change(_id, [state], { state: given, contentDeleted: true }))) continue;
      await this.repository.deleteChunks(_id);
      await this.repository.deleteRows(_id);
    }
    const before = new Date(this.clock.now().getTime() - UPLOAD_PATIENCE_MS).toISOString();
    for (const { _id, createdAt } of await this.repository.inStates(['uploading'])) {
      if (createdAt >= before) continue;
      if (await this.repository.change(_id, ['uploading'], { state: 'cancelled', contentDeleted: true })) {
        await this.repository.deleteChunks(_id);
      }
    }
  }

  private leaseEnd(): Date {
    return new Date(this.wall.now().getTime() + LEASE_MS);
  }
}
