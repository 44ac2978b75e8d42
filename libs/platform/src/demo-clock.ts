import { Logger, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import { AdjustableClock, Clock, SystemClock, WallClock } from '#calendar/clock.js';
import { Refusal } from '#contracts/refusal.js';
import { Nats } from '#messaging/nats.js';

/** Where the whole system reads how far its date was moved: one key, kept by the broker on disk. */
const BUCKET = 'demo-clock';
const KEY = 'offset-ms';
/** Two who move at the same moment are one after the other; more than so many at once try again themselves. */
const ATTEMPTS = 10;
const AGAIN_MS = 500;

/** How far the date was moved, and as of which revision of the bucket; 0: never. */
interface Offset {
  readonly offsetMs: number;
  readonly revision: number;
}

/**
 * The date of a demonstration, moved for all processes together (docs/decisions/0034). The broker keeps by how much; each
 * process reads that before it does anything, and follows it. It only grows, so that whoever hears of two moves in the
 * wrong order ends where everybody is.
 */
export class DemoClock implements OnApplicationShutdown {
  private readonly logger = new Logger(DemoClock.name);
  private bucket: KV | undefined;
  private changes: ({ stop(): void } & AsyncIterable<KvWatchEntry>) | undefined;
  private stopping = false;

  /** Made by {@link still} and {@link follow}. */
  constructor(
    /** What the process takes for now. */
    readonly clock: Clock,
    private readonly moving: AdjustableClock | undefined,
    private readonly nats: Nats | undefined,
    private readonly wall: Clock = new WallClock(),
  ) {}

  /** A date that nobody moves: always, outside a demonstration. */
  static still(): DemoClock {
    return new DemoClock(new SystemClock(), undefined, undefined);
  }

  /** Reads how far the date was moved, waiting for the broker if need be, and follows it from there on. */
  static async follow(nats: Nats): Promise<DemoClock> {
    const clock = new AdjustableClock();
    const demo = new DemoClock(clock, clock, nats);
    await demo.begin(nats);
    return demo;
  }

  /** Whether the date can be moved at all. */
  get isMovable(): boolean {
    return this.moving !== undefined;
  }

  /** How far it was moved by now, whoever did. @throws Refusal `not-found` when it cannot be moved */
  async current(): Promise<Offset> {
    if (!this.bucket || !this.moving) throw Refusal.of('not-found');
    const entry = await this.bucket.get(KEY);
    const offset = { offsetMs: entry ? offsetIn(entry.string()) : 0, revision: entry?.revision ?? 0 };
    this.moving.raiseOffset(offset.offsetMs);
    return offset;
  }

  /**
   * Moves the date for all processes.
   * @param target where to, given what it is; asked again when somebody else moved it in between
   * @param expected the revision that the asker saw, if that matters to them
   * @throws Refusal `not-found`, `stale-version`, `service-unavailable` when too many move it at once
   */
  async move(target: (now: Date) => Date, expected?: number): Promise<Offset> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { revision } = await this.current();
      if (expected !== undefined && expected !== revision) {
        throw Refusal.of('stale-version', { params: { actual: revision, expected } });
      }
      const offsetMs = target(this.clock.now()).getTime() - this.wall.now().getTime();
      const written = await this.write(offsetMs, revision);
      if (written !== undefined) return { offsetMs, revision: written };
    }
    throw Refusal.of('service-unavailable', { params: { service: 'demo-clock' } });
  }

  onApplicationShutdown(): void {
    this.stopping = true;
  }

  private async begin(nats: Nats): Promise<void> {
    await nats.open();
    await this.untilItWorks(() => this.catchUp());
    // The broker that comes back may be without the bucket, and then nothing would ever come by the watch of before.
    nats.onReconnect(() => this.changes?.stop());
    void this.watch();
  }

  /** Also makes the bucket when it is gone: what this process knows is then written again, so that time never goes back. */
  private async catchUp(): Promise<void> {
    if (!this.nats || !this.moving) return;
    this.bucket = await new Kvm(this.nats.jetstream).create(BUCKET, { description: 'How far a demo moved the date' });
    const { offsetMs, revision } = await this.current();
    if (offsetMs < this.moving.offsetMs) await this.write(this.moving.offsetMs, revision);
  }

  /** @returns the new revision; undefined when somebody else wrote since `revision` */
  private async write(offsetMs: number, revision: number): Promise<number | undefined> {
    if (!this.bucket || !this.moving) return undefined;
    try {
      const written = await this.bucket.put(KEY, String(Math.round(offsetMs)), { previousSeq: revision });
      this.moving.raiseOffset(Math.round(offsetMs));
      return written;
    } catch (error) {
      if (isOvertaken(error)) return undefined;
      throw error;
    }
  }

  private async watch(): Promise<void> {
    while (!this.isOver()) {
      await this.untilItWorks(async () => {
        await this.catchUp();
        this.changes = await this.bucket?.watch({ key: KEY });
        for await (const entry of this.changes ?? []) this.moving?.raiseOffset(offsetIn(entry.string()));
      });
      if (!this.isOver()) await pause();
    }
  }

  private async untilItWorks(work: () => Promise<void>): Promise<void> {
    for (let isTold = false; !this.isOver(); isTold = true) {
      try {
        await work();
        return;
      } catch (error) {
        if (this.isOver()) return;
        if (!isTold) this.logger.warn(`the date of the demo is unknown: ${String(error)}`);
        await pause();
      }
    }
  }

  private isOver(): boolean {
    return this.stopping || this.nats === undefined || this.nats.connection.isClosed();
  }
}

/** The clocks of a process: the date that people and rules go by, and the machine's. */
export function clockProviders(isMovable: boolean): Provider[] {
  return [
    WallClock,
    {
      provide: DemoClock,
      inject: [Nats],
      useFactory: (nats: Nats) => (isMovable ? DemoClock.follow(nats) : DemoClock.still()),
    },
    { provide: Clock, inject: [DemoClock], useFactory: ({ clock }: DemoClock) => clock },
  ];
}

function offsetIn(text: string): number {
  const offsetMs = Number(text);
  if (!Number.isSafeInteger(offsetMs) || offsetMs < 0) throw new Error(`the bucket ${BUCKET} holds no offset`);
  return offsetMs;
}

function isOvertaken(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  const codes: number[] = [JetStreamApiCodes.StreamWrongLastSequence, JetStreamApiCodes.StreamWrongLastSequenceUnknown];
  return codes.includes(error.code);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
}
