import { createHash } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { DEADLINES_OPTIONS, type DeadlinesOptions, withDefaults } from './deadlines-options.js';
import { DueClock } from './due-clock.js';

/** Which item to look at, and as of which version. */
export interface WakeUp {
  id: string;
  version: number;
  at: Date;
}

interface JobData {
  id: string;
  version: number;
}

/** Longest time that a stop waits for Redis; it may be away. */
const STOP_MS = 1_500;
const QUEUE = 'due';

/**
 * One-shot delayed jobs in Redis, one per item and version. They make firing punctual, nothing more: whoever is woken
 * looks in MongoDB what is really due. Every failure here is survivable, so none reaches the caller.
 */
@Injectable()
export class WakeUps implements BeforeApplicationShutdown {
  private readonly logger = new Logger(WakeUps.name);
  private readonly options: Required<DeadlinesOptions>;
  private readonly redis: Redis;
  private readonly queue: Queue<JobData>;
  private readonly connections: Redis[] = [];
  private worker: Worker<JobData> | undefined;
  private stopping = false;
  /** From here on no connection comes back, also none of those that BullMQ made of ours and closes when it gets to it. */
  private stopped = false;

  constructor(
    @Inject(DEADLINES_OPTIONS) options: DeadlinesOptions,
    private readonly clock: DueClock,
  ) {
    this.options = withDefaults(options);
    // Without a queue of commands a Redis that is away fails at once instead of holding up whoever asks.
    this.redis = this.connect({ enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 2_000 });
    this.queue = new Queue<JobData>(QUEUE, { connection: this.redis, prefix: this.options.prefix });
    this.queue.on('error', () => undefined);
  }

  /** Starts waiting for jobs. `wake` never throws. */
  listen(wake: (id: string, version: number) => Promise<void>): void {
    const connection = this.connect({ maxRetriesPerRequest: null });
    this.worker = new Worker<JobData>(QUEUE, (job) => wake(job.data.id, job.data.version), {
      connection,
      prefix: this.options.prefix,
      concurrency: this.options.concurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.worker.on('error', () => undefined);
  }

  /** True when Redis takes commands now. */
  isReachable(): boolean {
    return this.redis.status === 'ready';
  }

  /** Adds wake-ups; one that is there already stays as it is. Returns false when Redis is away. */
  async add(wakeUps: readonly WakeUp[]): Promise<boolean> {
    if (wakeUps.length === 0) return true;
    if (this.stopping || !this.isReachable()) return false;
    const now = this.clock.now().getTime();
    try {
      await this.queue.addBulk(
        wakeUps.map(({ id, version, at }) => ({
          name: QUEUE,
          data: { id, version },
          opts: {
            jobId: jobId(id, version, at),
            delay: Math.max(0, at.getTime() - now),
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
      return true;
    } catch (error) {
      this.logger.warn(`Redis took no wake-ups, the sweep will: ${error instanceof Error ? error.message : 'unknown'}`);
      return false;
    }
  }

  /**
   * Up to when everything that becomes due was put into this Redis, by whichever process; undefined at the first call,
   * after a wipe, and when Redis is away.
   */
  async filledUntil(): Promise<Date | undefined> {
    if (!this.isReachable()) return undefined;
    try {
      const mark = await this.redis.get(this.markKey());
      return mark === null ? undefined : new Date(mark);
    } catch {
      return undefined;
    }
  }

  /** Remembers in Redis itself up to when everything was put into it, so that the memory is wiped together with it. */
  async mark(until: Date): Promise<void> {
    try {
      if (this.isReachable()) await this.redis.set(this.markKey(), until.toISOString());
    } catch {
      // It went away meanwhile; the next look finds no mark and fills it again.
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await withinTime(this.worker?.close(!this.isReachable()));
    await withinTime(this.queue.close());
    this.stopped = true;
    for (const connection of this.connections) connection.disconnect();
  }

  private connect(options: object): Redis {
    const redis = new Redis(this.options.redisUrl, {
      ...options,
      // BullMQ waits for jobs on a copy of the connection, which has this too: it would keep the process alive for ever.
      retryStrategy: (times: number) => (this.stopped ? null : Math.min(100 * times, 2_000)),
    });
    let told = false;
    redis.on('error', (error: Error) => {
      if (!told) this.logger.warn(`Redis is away, deadlines go by the sweep: ${error.message}`);
      told = true;
    });
    redis.on('ready', () => {
      told = false;
    });
    this.connections.push(redis);
    return redis;
  }

  private markKey(): string {
    return `${this.options.prefix}:filled`;
  }
}

/** A job id without ':' that is never all digits; the same item, version and attempt always have the same. */
function jobId(id: string, version: number, at: Date): string {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `d-${hash}-${version}-${at.getTime().toString(36)}`;
}

async function withinTime(work: Promise<unknown> | undefined): Promise<void> {
  const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  await Promise.race([Promise.resolve(work).catch(() => undefined), limit]);
}
