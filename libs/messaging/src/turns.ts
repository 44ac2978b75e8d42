import { Inject, Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CloudEvent } from '#contracts/fact.js';
import { Database } from '#persistence/database.js';
import { insertFirst } from '#persistence/duplicate-key.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { DEFAULT_CONSUMPTION, MESSAGING_OPTIONS, type MessagingOptions } from './messaging-options.js';
import { decideTurn, type TurnState } from './turn-rules.js';

/** A fact came before its predecessor; it waits for its turn, which does not count as a failure. */
export class OutOfTurn extends Error {
  constructor(key: string, expected: number, got: number) {
    super(`fact ${got} of ${key} waits for ${expected}`);
  }
}

/** Told of each turn that was taken, after its commit. */
export type TurnListener = (aggregate: string, version: number) => void;

/** What orders a fact: facts of one type and key have consecutive versions. */
export function aggregateOf(event: CloudEvent): string {
  return `${event.type} ${event.partitionkey}`;
}

interface TurnDocument extends TurnState {
  _id: string;
}

const turnSchema = new Schema<TurnDocument>(
  { _id: String, version: { type: Number, required: true }, missing: { type: [Number], required: true } },
  { versionKey: false },
);

/** Facts of which the beginning of their waiting is remembered; each was delivered, and the broker has its own limit. */
const REMEMBERED = 10_000;

/**
 * Keeps facts of one aggregate in order and each of them once, also over several processes and redeliveries. It writes
 * in the handler's own transaction, so that taking a turn and its effect are one.
 */
@Injectable()
export class Turns {
  private readonly model: Model<TurnDocument>;
  private readonly patienceMs: number;
  /** Since when a fact waits here, on a clock that nobody sets; forgetting it only makes it wait again. */
  private readonly waiting = new Map<string, number>();
  private tell: TurnListener = () => undefined;

  constructor(database: Database, @Inject(MESSAGING_OPTIONS) options: MessagingOptions) {
    this.model = database.model('turns', turnSchema);
    this.patienceMs = options.consumption?.patienceMs ?? DEFAULT_CONSUMPTION.patienceMs;
  }

  /** The one who lets facts wait registers itself here. */
  onTaken(listener: TurnListener): void {
    this.tell = listener;
  }

  /** Notes that a fact waits, before it was tried: an earlier one of its aggregate waits already. */
  startsWaiting(event: CloudEvent): void {
    if (this.waiting.has(event.id)) return;
    const [longest] = this.waiting.size >= REMEMBERED ? this.waiting.keys() : [];
    if (longest !== undefined) this.waiting.delete(longest);
    this.waiting.set(event.id, performance.now());
  }

  /**
   * Takes the turn of an event.
   * @returns false when the event had its turn before: write nothing.
   * @throws OutOfTurn while its predecessor is still expected.
   */
  async take(tx: Tx, event: CloudEvent): Promise<boolean> {
    const id = aggregateOf(event);
    const version = Number(event.sequence);
    if (await this.takeNext(tx, id, version)) {
      this.afterCommit(tx, event, id, version);
      return true;
    }
    const current = await this.model.findById(id, undefined, { session: tx.session }).lean<TurnDocument>();
    const now = performance.now();
    const patient = now - (this.waiting.get(event.id) ?? now) >= this.patienceMs;
    const decision = decideTurn(current ?? { version: 0, missing: [] }, version, patient);
    switch (decision.kind) {
      case 'had-its-turn':
        this.waiting.delete(event.id);
        // Whoever waits here for a later one may not have heard how far it came.
        this.tell(id, current?.version ?? version);
        return false;
      case 'wait':
        this.startsWaiting(event);
        throw new OutOfTurn(event.partitionkey, decision.expected, version);
      case 'proceed':
        await this.write(tx, id, current, decision.next);
        this.afterCommit(tx, event, id, decision.next.version);
        return true;
    }
  }

  /**
   * Mostly it is the turn of the fact that comes: one write that is guarded by the turn before finds out and takes it. It is
   * what `decideTurn` decides then, and it leaves alone what was passed over.
   */
  private async takeNext(tx: Tx, id: string, version: number): Promise<boolean> {
    // The first of an aggregate has no document to guard it.
    if (version <= 1) return false;
    const guard = { _id: id, version: version - 1 };
    const { matchedCount } = await this.model.updateOne(guard, { $set: { version } }, { session: tx.session });
    return matchedCount === 1;
  }

  private afterCommit(tx: Tx, event: CloudEvent, id: string, reached: number): void {
    tx.afterCommit(() => {
      this.waiting.delete(event.id);
      this.tell(id, reached);
    });
  }

  private async write(tx: Tx, id: string, current: TurnDocument | null, next: TurnState): Promise<void> {
    if (!current) {
      // Another process may have taken the first turn of this aggregate meanwhile.
      await insertFirst('the turn', () => this.model.create([{ _id: id, ...next }], { session: tx.session }));
      return;
    }
    const result = await this.model.updateOne(
      { _id: id, version: current.version, missing: current.missing },
      { $set: next },
      { session: tx.session },
    );
    if (result.matchedCount !== 1) throw new WriteConflict('the turn');
  }
}
