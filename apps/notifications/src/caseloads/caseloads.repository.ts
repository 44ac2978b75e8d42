import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import { Clock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { type Tx, WriteConflict } from '#persistence/unit-of-work.js';
import { Remembered } from '../remembered.js';

/** What one regisseur guards. */
export interface CaseloadState {
  /** The person. */
  _id: string;
  clusterIds: string[];
  clientIds: string[];
  coordinator: boolean;
  version: number;
  updatedAt: Date;
  updatedBy: string;
}

/** An absence; `until` is the first day back. */
export interface AbsenceState {
  _id: string;
  personId: string;
  replacementPersonId: string;
  from: string;
  until: string;
  cancelled: boolean;
  createdBy: string;
  createdAt: Date;
  cancelledBy: string | null;
  cancelledAt: Date | null;
}

/** An earlier or present version of a caseload; never changed. */
interface CaseloadVersionState extends Omit<CaseloadState, '_id'> {
  _id: string;
  personId: string;
}

const caseloadFields = {
  clusterIds: { type: [String], required: true },
  clientIds: { type: [String], required: true },
  coordinator: { type: Boolean, required: true },
  version: { type: Number, required: true },
  updatedAt: { type: Date, required: true },
  updatedBy: { type: String, required: true },
};
const caseloadSchema = new Schema<CaseloadState>({ _id: String, ...caseloadFields }, { versionKey: false });
caseloadSchema.index({ clusterIds: 1 });
caseloadSchema.index({ clientIds: 1 });
caseloadSchema.index({ coordinator: 1 });

const versionSchema = new Schema<CaseloadVersionState>(
  { _id: String, personId: { type: String, required: true }, ...caseloadFields },
  { versionKey: false },
);
versionSchema.index({ personId: 1, version: -1 });

const absenceSchema = new Schema<AbsenceState>(
  {
    _id: String,
    personId: { type: String, required: true },
    replacementPersonId: { type: String, required: true },
    from: { type: String, required: true },
    until: { type: String, required: true },
    cancelled: { type: Boolean, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    cancelledBy: { type: String, default: null },
    cancelledAt: { type: Date, default: null },
  },
  { versionKey: false },
);
absenceSchema.index({ cancelled: 1, until: 1 });
absenceSchema.index({ personId: 1, until: 1 });

/** Guards the absences of one person: two that overlap cannot both be stored. */
interface AbsenceGuard {
  _id: string;
  changes: number;
}
const guardSchema = new Schema<AbsenceGuard>(
  { _id: String, changes: { type: Number, required: true } },
  { versionKey: false },
);

@Injectable()
export class CaseloadsRepository {
  private readonly model: Model<CaseloadState>;
  private readonly versions: Model<CaseloadVersionState>;
  private readonly absences: Model<AbsenceState>;
  private readonly guards: Model<AbsenceGuard>;
  private readonly rememberedCoordinators: Remembered<CaseloadState[]>;
  private readonly rememberedAbsences: Remembered<AbsenceState[]>;

  constructor(database: Database, clock: Clock) {
    this.model = database.model('caseloads', caseloadSchema);
    this.versions = database.model('caseload_versions', versionSchema);
    this.absences = database.model('absences', absenceSchema);
    this.guards = database.model('absence_guards', guardSchema);
    this.rememberedCoordinators = new Remembered(() => this.model.find({ coordinator: true }).lean<CaseloadState[]>());
    this.rememberedAbsences = new Remembered(() => this.current(clock.today()));
    // Who is away goes by the date.
    clock.onMoved(() => this.rememberedAbsences.forget());
  }

  find(personId: string, tx?: Tx): Promise<CaseloadState | null> {
    return this.model.findById(personId, undefined, { session: tx?.session ?? null }).lean<CaseloadState>();
  }

  findMany(personIds: readonly string[]): Promise<CaseloadState[]> {
    return this.model.find({ _id: { $in: personIds } }).lean<CaseloadState[]>();
  }

  /** Caseloads with one of these clusters. */
  withClusters(clusterIds: readonly string[]): Promise<CaseloadState[]> {
    return this.model.find({ clusterIds: { $in: clusterIds } }).lean<CaseloadState[]>();
  }

  /** Caseloads that name one of these records of clients. */
  withClients(clientIds: readonly string[]): Promise<CaseloadState[]> {
    return this.model.find({ clientIds: { $in: clientIds } }).lean<CaseloadState[]>();
  }

  /** Who has coordinator duty; at most a second old. */
  coordinators(): Promise<CaseloadState[]> {
    return this.rememberedCoordinators.get();
  }

  /** Absences of today; at most a second old. */
  today(): Promise<AbsenceState[]> {
    return this.rememberedAbsences.get();
  }

  list(after: string, limit: number, clusterId?: string): Promise<CaseloadState[]> {
    return this.model
      .find({ _id: { $gt: after }, ...(clusterId ? { clusterIds: clusterId } : {}) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CaseloadState[]>();
  }

  /** Stores a caseload and the version that it was. @throws WriteConflict */
  async put(tx: Tx, before: CaseloadState | null, after: CaseloadState): Promise<void> {
    tx.afterCommit(() => this.rememberedCoordinators.forget());
    const { _id, ...fields } = after;
    if (before) {
      const result = await this.model.updateOne(
        { _id, version: before.version },
        { $set: fields },
        { session: tx.session },
      );
      if (result.matchedCount !== 1) throw new WriteConflict('the caseload');
    } else {
      await this.model.create([after], { session: tx.session });
    }
    const version = { ...fields, _id: `${_id}-${fields.version}`, personId: _id };
    await this.versions.create([version], { session: tx.session });
  }

  history(personId: string): Promise<CaseloadVersionState[]> {
    return this.versions.find({ personId }).sort({ version: -1 }).limit(200).lean<CaseloadVersionState[]>();
  }

  /** Absences that hold on a day. */
  async current(today: string): Promise<AbsenceState[]> {
    const notOver = await this.absences.find({ cancelled: false, until: { $gt: today } }).lean<AbsenceState[]>();
    return notOver.filter(({ from }) => from <= today);
  }

  findAbsence(id: string, tx?: Tx): Promise<AbsenceState | null> {
    return this.absences.findById(id, undefined, { session: tx?.session ?? null }).lean<AbsenceState>();
  }

  /** Absences of a person, or of all, that end after a day. */
  absencesUntil(after: string, personId?: string): Promise<AbsenceState[]> {
    const query = personId ? { personId, until: { $gt: after } } : { cancelled: false, until: { $gt: after } };
    return this.absences.find(query).sort({ until: 1 }).limit(1_000).lean<AbsenceState[]>();
  }

  /** Absences of a person that were not cancelled, read under the guard of that person. */
  async guarded(tx: Tx, personId: string): Promise<AbsenceState[]> {
    await this.guards.updateOne({ _id: personId }, { $inc: { changes: 1 } }, { upsert: true, session: tx.session });
    return this.absences
      .find({ personId, cancelled: false }, undefined, { session: tx.session })
      .lean<AbsenceState[]>();
  }

  async insertAbsence(tx: Tx, absence: AbsenceState): Promise<void> {
    tx.afterCommit(() => this.rememberedAbsences.forget());
    await this.absences.create([absence], { session: tx.session });
  }

  async saveAbsence(tx: Tx, absence: AbsenceState): Promise<void> {
    tx.afterCommit(() => this.rememberedAbsences.forget());
    const { _id, ...fields } = absence;
    const result = await this.absences.updateOne({ _id, cancelled: false }, { $set: fields }, { session: tx.session });
    if (result.matchedCount !== 1) throw new WriteConflict('the absence');
  }
}
