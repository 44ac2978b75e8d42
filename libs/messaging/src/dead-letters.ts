import { Inject, Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Clock } from '#calendar/clock.js';
import type { DeadLetter, DeadLetterState } from '#contracts/dead-letters.js';
import type { CloudEvent } from '#contracts/fact.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Database } from '#persistence/database.js';
import { fittingPage } from '#persistence/page-size.js';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging-options.js';

interface DeadLetterDocument {
  _id: string;
  state: DeadLetterState;
  event: CloudEvent;
  attempts: number;
  error: string;
  firstFailedAt: Date;
  lastFailedAt: Date;
  decision?: { by: string; at: Date; reason?: string };
}

const deadLetterSchema = new Schema<DeadLetterDocument>(
  {
    _id: String,
    state: { type: String, required: true },
    event: { type: Schema.Types.Mixed, required: true },
    attempts: { type: Number, required: true },
    error: { type: String, required: true },
    firstFailedAt: { type: Date, required: true },
    lastFailedAt: { type: Date, required: true },
    decision: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);
deadLetterSchema.index({ state: 1, lastFailedAt: -1, _id: -1 });

/** Facts that could not be handled: counted while they fail, kept when they are given up. */
@Injectable()
export class DeadLetters {
  private readonly model: Model<DeadLetterDocument>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    this.model = database.model('dead_letters', deadLetterSchema);
  }

  /**
   * Counts a failure of an event. @returns how many there were, this one included, and its state: an event that was
   * given up before, and comes again because the broker lost its stream, keeps what was decided about it.
   */
  async countFailure(event: CloudEvent, error: string): Promise<{ attempts: number; state: DeadLetterState }> {
    const now = this.clock.now();
    const known = await this.model.findById(event.id).lean<DeadLetterDocument>();
    if (known && known.state !== 'failing') return { attempts: known.attempts, state: known.state };
    await this.model.updateOne(
      { _id: event.id },
      {
        $set: { event, error: error.slice(0, 2_000), lastFailedAt: now, state: 'failing' },
        $setOnInsert: { firstFailedAt: now },
        $inc: { attempts: 1 },
      },
      { upsert: true },
    );
    return { attempts: (known?.attempts ?? 0) + 1, state: 'failing' };
  }

  /** Gives an event up: it waits for an operator. */
  async giveUp(event: CloudEvent): Promise<void> {
    await this.model.updateOne({ _id: event.id, state: 'failing' }, { $set: { state: 'dead' } });
  }

  /** Forgets the failures of an event that was handled after all. */
  async forget(eventId: string): Promise<void> {
    await this.model.deleteOne({ _id: eventId, state: 'failing' });
  }

  /** Notes what an operator decided about a dead letter; what was decided before stays. */
  async decide(id: string, state: 'replayed' | 'dropped', by: string, reason?: string): Promise<void> {
    const decision = { by, at: this.clock.now(), ...(reason ? { reason } : {}) };
    await this.model.updateOne({ _id: id, state: 'dead' }, { $set: { state, decision } });
  }

  /** One dead letter, or undefined. */
  async find(id: string): Promise<DeadLetter | undefined> {
    const document = await this.model.findById(id).lean<DeadLetterDocument>();
    return document ? this.toDeadLetter(document) : undefined;
  }

  /** Dead letters in a state (by default those that wait for an operator), newest first. */
  async list(state: DeadLetterState = 'dead', cursor?: string, limit = DEFAULT_PAGE_SIZE): Promise<Page<DeadLetter>> {
    const after = decodeCursor(cursor);
    const position = after
      ? {
          $or: [
            { lastFailedAt: { $lt: new Date(after['at'] ?? 0) } },
            { lastFailedAt: new Date(after['at'] ?? 0), _id: { $lt: String(after['id']) } },
          ],
        }
      : {};
    const found = await this.model
      .find({ state, ...position })
      .sort({ lastFailedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean<DeadLetterDocument[]>();
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const cursorAfter = ({ _id: id, lastFailedAt }: DeadLetterDocument): string =>
      encodeCursor({ at: lastFailedAt.getTime(), id });
    const page = {
      items,
      ...(found.length > limit && last ? { nextCursor: cursorAfter(last) } : {}),
      total: await this.model.countDocuments({ state }),
    };
    return fittingPage(page, (document) => this.toDeadLetter(document), cursorAfter).shown;
  }

  /** How many facts wait for an operator. */
  count(): Promise<number> {
    return this.model.countDocuments({ state: 'dead' }).exec();
  }

  private toDeadLetter(document: DeadLetterDocument): DeadLetter {
    return {
      id: document._id,
      service: this.options.service,
      state: document.state,
      event: document.event,
      attempts: document.attempts,
      error: document.error,
      firstFailedAt: document.firstFailedAt.toISOString(),
      lastFailedAt: document.lastFailedAt.toISOString(),
      ...(document.decision ? { decision: { ...document.decision, at: document.decision.at.toISOString() } } : {}),
    };
  }
}
