import { Controller, type DynamicModule, Injectable, Module } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent } from '#contracts/fact.js';
import { Refusal } from '#contracts/refusal.js';
import { OnFact } from '#messaging/on-fact.js';
import { Outbox } from '#messaging/outbox.js';
import { currentTrace } from '#messaging/trace.js';
import { Turns } from '#messaging/turns.js';
import { Database } from '#persistence/database.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import type { ServiceConfig } from '../config.js';
import { Handles } from '../handles.js';
import { PlatformModule, type PlatformTuning } from '../platform.module.js';
import {
  breakNotes,
  leakNotes,
  NoteOrdered,
  noteOrdered,
  Nothing,
  type Notes,
  NoteWritten,
  noteWritten,
  ReadNotes,
  readNotes,
  readTooMuch,
  refuseNotes,
  Wait,
  waitLong,
  waitNotes,
  whoAmI,
} from './spine-contracts.js';

/** What a handler left behind; `_id` is the event id, so that handling twice is seen and writes nothing new. */
export interface HandledDocument {
  _id: string;
  noteId: string;
  version: number;
  text?: string;
  /** Position in the order of handling within this process. */
  place: number;
}

const handledSchema = new Schema<HandledDocument>(
  {
    _id: String,
    noteId: { type: String, required: true },
    version: { type: Number, required: true },
    text: String,
    place: { type: Number, required: true },
  },
  { versionKey: false },
);
handledSchema.index({ noteId: 1, version: 1 });

/** The notes that were handled, and what the spec wants to happen while handling. */
@Injectable()
export class NoteBook {
  readonly handled: Model<HandledDocument>;
  /** Every delivery that reached the handler, in order. */
  readonly deliveries: CloudEvent<NoteWritten>[] = [];
  /** When a handler was done with an event, by event id; `performance.now()`. */
  readonly handledAt = new Map<string, number>();
  /** What the spec lets the handler do before it writes. */
  before: (event: CloudEvent<NoteWritten>) => Promise<void> | void = () => undefined;
  private places = 0;

  constructor(
    database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {
    this.handled = database.model('handled', handledSchema);
  }

  /** Commits facts as a service does: in a unit of work, through the outbox. @returns the event ids */
  write(notes: NoteWritten[]): Promise<string[]> {
    return this.unitOfWork.run((tx) =>
      Promise.resolve(
        notes.map((note) => this.outbox.add(tx, noteWritten, note, { key: note.noteId, version: note.version })),
      ),
    );
  }

  /** As `write`, for the facts that are handled in turn. */
  writeOrdered(notes: NoteOrdered[]): Promise<string[]> {
    return this.unitOfWork.run((tx) =>
      Promise.resolve(
        notes.map((note) => this.outbox.add(tx, noteOrdered, note, { key: note.noteId, version: note.version })),
      ),
    );
  }

  nextPlace(): number {
    this.places += 1;
    return this.places;
  }

  /** Versions of a note in the order in which they were handled. */
  async versionsInOrder(noteId: string): Promise<number[]> {
    const found = await this.handled.find({ noteId }).sort({ place: 1 }).lean<HandledDocument[]>();
    return found.map(({ version }) => version);
  }
}

@Controller()
class NotesController {
  constructor(
    private readonly book: NoteBook,
    private readonly unitOfWork: UnitOfWork,
    private readonly turns: Turns,
  ) {}

  @OnFact(noteWritten)
  async onWritten(event: CloudEvent<NoteWritten>): Promise<void> {
    this.book.deliveries.push(event);
    await this.book.before(event);
    const { noteId, version, text } = event.data;
    await this.book.handled.updateOne(
      { _id: event.id },
      { $setOnInsert: { noteId, version, ...(text ? { text } : {}), place: this.book.nextPlace() } },
      { upsert: true },
    );
    this.book.handledAt.set(event.id, performance.now());
  }

  @OnFact(noteOrdered)
  async onOrdered(event: CloudEvent<NoteOrdered>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.turns.take(tx, event))) return;
      const { noteId, version } = event.data;
      // A plain insert on purpose: handling a version twice would fail on its identity.
      await this.book.handled.create([{ _id: event.id, noteId, version, place: this.book.nextPlace() }], {
        session: tx.session,
      });
    });
  }

  @Handles(whoAmI)
  whoAmI(_: Nothing, caller: Caller): Promise<{ personId: string; correlationId: string | undefined }> {
    return Promise.resolve({ personId: caller.personId, correlationId: currentTrace()?.correlationId });
  }

  @Handles(readNotes)
  read(query: ReadNotes, _caller: Caller): Promise<Protected<Notes>> {
    const subjects = query.noteIds.map((clientId) => ({ clientId, ground: 'own-caseload' as const }));
    return Promise.resolve(new Protected('read', subjects, { texts: query.noteIds.map((id) => `text of ${id}`) }));
  }

  @Handles(leakNotes)
  leak(query: ReadNotes, _caller: Caller): Promise<Notes> {
    return Promise.resolve({ texts: query.noteIds });
  }

  @Handles(refuseNotes)
  refuse(_: Nothing, _caller: Caller): Promise<Notes> {
    throw Refusal.of('stale-version', { params: { actual: 4, expected: 3 }, fields: ['version'] });
  }

  @Handles(breakNotes)
  break(_: Nothing, _caller: Caller): Promise<Notes> {
    throw new Error('secret detail of the inside');
  }

  @Handles(readTooMuch)
  tooMuch(_: Nothing, _caller: Caller): Promise<Notes> {
    return Promise.resolve({ texts: ['x'.repeat(5 * 1024 * 1024)] });
  }

  @Handles(waitNotes)
  wait(command: Wait, _caller: Caller): Promise<{ waited: number }> {
    return pause(command.ms);
  }

  @Handles(waitLong)
  waitLong(command: Wait, _caller: Caller): Promise<{ waited: number }> {
    return pause(command.ms);
  }
}

async function pause(ms: number): Promise<{ waited: number }> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return { waited: ms };
}

/** A service with nothing but the spine: what every service gets from the libraries, under test. */
@Module({})
export class SpineModule {
  static with(config: ServiceConfig, tuning: PlatformTuning = {}): DynamicModule {
    return {
      module: SpineModule,
      imports: [PlatformModule.forService('spine', config, tuning)],
      controllers: [NotesController],
      providers: [NoteBook],
    };
  }
}
