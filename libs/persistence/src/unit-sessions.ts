import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import mongoose, { type ClientSession, type Connection, type Model, Schema } from 'mongoose';

/** The sessions of one process in which a transaction may be open, and a sign that the process lives. */
interface ProcessSessions {
  /** The process; another one after a restart. */
  _id: string;
  /** Grows while the process lives. */
  beats: number;
  /** Their ids as UUID texts. */
  sessions: string[];
}

const processSessionsSchema = new Schema<ProcessSessions>(
  {
    _id: String,
    beats: { type: Number, required: true },
    sessions: { type: [String], required: true },
  },
  { versionKey: false },
);

/** Sessions that are noted together, so that few units wait for a note. */
const BLOCK = 8;
/** How often a process shows that it lives, and looks whether the others do. */
const BEAT_MS = 1_500;
/** Looks without a beat after which a process counts as dead. Counted, because an absent database stops all beats. */
const PATIENCE = 3;

/**
 * The sessions in which units of work run. A process that is cut off in the middle of a transaction leaves it open: the
 * database keeps its write locks until the transaction's own limit, a minute by default, and everything else that wants to
 * write those documents fails until then. So each process notes its sessions before it uses them, and the processes of a
 * service end the sessions of one that no longer shows that it lives. Ending too much is harmless: a unit whose
 * transaction was ended is tried again.
 */
export class UnitSessions {
  private readonly logger = new Logger(UnitSessions.name);
  private readonly model: Model<ProcessSessions>;
  private readonly processId = randomUUID();
  private readonly mine = new Map<ClientSession, string>();
  private readonly free: ClientSession[] = [];
  /** Sessions whose transaction could not be ended; the database may still hold it. */
  private readonly broken: string[] = [];
  private readonly seen = new Map<string, { beats: number; unchanged: number }>();
  private adding: Promise<void> | undefined;
  private beating: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly connection: Connection) {
    this.model = connection.model<ProcessSessions>('process_sessions', processSessionsSchema, 'process_sessions');
  }

  /** A session for one unit of work, noted in the database before. Give it back with {@link release}. */
  async acquire(): Promise<ClientSession> {
    for (;;) {
      const session = this.free.pop();
      if (session) return session;
      this.adding ??= this.addBlock().finally(() => {
        this.adding = undefined;
      });
      await this.adding;
    }
  }

  /** Takes a session back. @param isClean false when its transaction may still be open in the database */
  async release(session: ClientSession, isClean: boolean): Promise<void> {
    const id = this.mine.get(session);
    if (isClean && id) {
      this.free.push(session);
      return;
    }
    this.mine.delete(session);
    if (id) this.broken.push(id);
    await session.endSession();
  }

  /** Ends every session: after this no unit may run. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.beating;
    if (this.mine.size === 0) return;
    try {
      await this.model.deleteOne({ _id: this.processId });
    } catch {
      // The database is away; the others find out that this process is no more.
    }
    for (const session of this.mine.keys()) await session.endSession();
  }

  private async addBlock(): Promise<void> {
    const block: ClientSession[] = [];
    for (let count = 0; count < BLOCK; count += 1) {
      // A unit reads its own snapshot; waiting for what the session saw before would only add to it.
      block.push(await this.connection.startSession({ causalConsistency: false }));
    }
    const noted = block.map((session) => ({ session, id: idOf(session) }));
    try {
      await this.model.updateOne(
        { _id: this.processId },
        { $inc: { beats: 1 }, $addToSet: { sessions: { $each: noted.map(({ id }) => id) } } },
        { upsert: true },
      );
    } catch (error) {
      for (const session of block) await session.endSession();
      throw error;
    }
    for (const { session, id } of noted) this.mine.set(session, id);
    this.free.push(...block);
    this.timer ??= setInterval(() => {
      this.beating ??= this.beat().finally(() => {
        this.beating = undefined;
      });
    }, BEAT_MS).unref();
  }

  private async beat(): Promise<void> {
    try {
      await this.end(this.broken.splice(0));
      await this.model.updateOne(
        { _id: this.processId },
        { $inc: { beats: 1 }, $set: { sessions: [...this.mine.values()] } },
        { upsert: true },
      );
      await this.lookAtOthers();
    } catch {
      // The database is away; so are the others' beats. The next look tells.
    }
  }

  private async lookAtOthers(): Promise<void> {
    const others = await this.model.find({ _id: { $ne: this.processId } }).lean<ProcessSessions[]>();
    for (const { _id, beats, sessions } of others) {
      const before = this.seen.get(_id);
      const unchanged = before?.beats === beats ? before.unchanged + 1 : 0;
      this.seen.set(_id, { beats, unchanged });
      if (unchanged < PATIENCE) continue;
      await this.end(sessions);
      await this.model.deleteOne({ _id, beats });
      this.seen.delete(_id);
      this.logger.warn(`a process ended without a stop; its ${sessions.length} sessions were ended`);
    }
    const present = new Set(others.map(({ _id }) => _id));
    for (const id of this.seen.keys()) if (!present.has(id)) this.seen.delete(id);
  }

  /** Ends sessions in the database, and with them the transactions that are open in them. */
  private async end(sessions: readonly string[]): Promise<void> {
    if (sessions.length === 0) return;
    await this.connection
      .getClient()
      .db('admin')
      .command({ killSessions: sessions.map((id) => ({ id: new mongoose.mongo.UUID(id) })) });
  }
}

function idOf(session: ClientSession): string {
  const id: unknown = session.id?.id;
  if (!(id instanceof mongoose.mongo.Binary)) throw new Error('a session without an id');
  return new mongoose.mongo.UUID(id.buffer).toString();
}
