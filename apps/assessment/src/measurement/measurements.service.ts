import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AccessLog } from '#access/access-log.js';
import { type AccessGround, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import {
  type CorrectMeasurement,
  correctMeasurement,
  type DiscardDraft,
  discardDraft,
  type DraftDiscarded,
  type DraftSaved,
  type MeasurementAnswer,
  type MeasurementById,
  type SaveDraft,
  saveDraft,
  type StartMeasurement,
  startMeasurement,
  type SubmitMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { ClientAccess, type SeenClient } from '../directory/client-access.service.js';
import { missingIn } from './content-rules.js';
import { charactersOf, decideMeasurement, isSame, MOST_KEPT_CHARACTERS } from './measurement-decision.js';
import { measurementIdFor } from './measurement-id.js';
import type { Measurement, MeasurementCommand, MeasurementDecision } from './measurement-types.js';
import { MeasurementContexts } from './measurement-contexts.service.js';
import { MeasurementsRepository } from './measurements.repository.js';
import { SubmittedZrms } from './submitted-zrms.service.js';

/** Copies that are kept beside one draft: more than a form that saves by itself makes before somebody looks. */
const MOST_COPIES = 50;

type Accepted = Extract<MeasurementDecision, { readonly outcome: 'accepted' }>;

/** Filling in ZRMs: drafts, submitting, correcting (domain.md §4). The rules stand in the decision. */
@Injectable()
export class MeasurementsService {
  constructor(
    private readonly measurements: MeasurementsRepository,
    private readonly contexts: MeasurementContexts,
    private readonly submitted: SubmittedZrms,
    private readonly access: ClientAccess,
    private readonly accessLog: AccessLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a draft; the same key gives the draft that was started before, as it stands by now.
   * @throws Refusal `not-found`, `client-merged-away`, `idempotency-key-reused`, and by field what means nothing
   */
  start({ clientId, idempotencyKey, ...content }: StartMeasurement, caller: Caller): Promise<DraftSaved> {
    const measurementId = measurementIdFor(caller.personId, idempotencyKey);
    return this.unitOfWork.run(async (tx) => {
      const seen = await this.access.writable(clientId, caller, tx);
      const known = await this.measurements.find(measurementId, tx);
      if (known !== undefined && known.clientId !== clientId) throw Refusal.of('idempotency-key-reused');
      const context = await this.contexts.of(seen, { measurementId, clientId }, caller, tx);
      if (known !== undefined) {
        return answerOf('saved', known, known.state === 'draft' ? missingIn(known.content, context) : []);
      }
      const command = { kind: 'save-draft', content, expectedVersion: 0 } as const;
      const { measurement, missing } = accepted(decideMeasurement(command, undefined, context));
      await this.measurements.save(tx, undefined, measurement);
      this.accessLog.record(tx, caller, 'create', startMeasurement.subject, subjectsOf(seen));
      return answerOf('saved', measurement, missing);
    });
  }

  /**
   * Saves a draft. When it is no longer at the version that was changed, or was submitted meanwhile, what was sent is kept
   * beside it: a draft is never lost.
   * @throws Refusal `not-found`, `client-merged-away`, `zrm-too-many-copies`, and by field what means nothing
   */
  save({ clientId, measurementId, expectedVersion, ...content }: SaveDraft, caller: Caller): Promise<DraftSaved> {
    return this.unitOfWork.run(async (tx) => {
      const seen = await this.access.writable(clientId, caller, tx);
      const before = await this.found(measurementId, seen, tx);
      const context = await this.contexts.of(seen, before, caller, tx);
      if (before.state === 'draft' && before.version === expectedVersion) {
        const decision = accepted(decideMeasurement({ kind: 'save-draft', content, expectedVersion }, before, context));
        await this.measurements.save(tx, before, decision.measurement);
        this.accessLog.record(tx, caller, 'update', saveDraft.subject, subjectsOf(seen));
        return answerOf('saved', decision.measurement, decision.missing);
      }
      // Read by the same rules as if it were new, so that a copy can take the place of the draft later.
      const fresh = { kind: 'save-draft', content, expectedVersion: 0 } as const;
      const { measurement: sent, missing } = accepted(decideMeasurement(fresh, undefined, context));
      // The answer to the first time may have been lost.
      if (isSame(sent.content, before.content)) return answerOf('saved', before, missing);
      await this.keepAside(tx, sent, caller);
      this.accessLog.record(tx, caller, 'update', saveDraft.subject, subjectsOf(seen));
      return answerOf('kept-aside', before, missing);
    });
  }

  /**
   * Submits a draft, or asks about what is unusual in it.
   * @throws Refusal `not-found`, `client-merged-away`, `stale-version`, `zrm-already-submitted`, and by field what is wrong
   */
  submit(
    { clientId, measurementId, expectedVersion, answered = [], ...content }: SubmitMeasurement,
    caller: Caller,
  ): Promise<Protected<MeasurementAnswer>> {
    const command = { kind: 'submit', content, expectedVersion, answered } as const;
    return this.conclude({ clientId, measurementId }, command, submitMeasurement.subject, caller);
  }

  /**
   * Corrects what was submitted, or asks about what is unusual in it.
   * @throws Refusal `not-found`, `client-merged-away`, `stale-version`, `zrm-still-draft`, `zrm-correction-term-over`,
   * `zrm-correction-empty`, `zrm-too-many-corrections`, and by field what is wrong
   */
  correct(
    { clientId, measurementId, expectedVersion, answered = [], reason, ...content }: CorrectMeasurement,
    caller: Caller,
  ): Promise<Protected<MeasurementAnswer>> {
    const command = { kind: 'correct', content, expectedVersion, answered, reason } as const;
    return this.conclude({ clientId, measurementId }, command, correctMeasurement.subject, caller);
  }

  /** Throws a draft away. @throws Refusal `not-found`, `client-merged-away`, `stale-version`, `zrm-already-submitted` */
  discard({ clientId, measurementId, expectedVersion }: DiscardDraft, caller: Caller): Promise<DraftDiscarded> {
    return this.unitOfWork.run(async (tx) => {
      const seen = await this.access.writable(clientId, caller, tx);
      const before = await this.found(measurementId, seen, tx);
      if (before.state !== 'draft') throw Refusal.of('zrm-already-submitted');
      if (before.version !== expectedVersion) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected: expectedVersion } });
      }
      await this.measurements.remove(tx, before);
      this.accessLog.record(tx, caller, 'update', discardDraft.subject, subjectsOf(seen));
      return { measurementId };
    });
  }

  private conclude(
    { clientId, measurementId }: MeasurementById,
    command: Extract<MeasurementCommand, { readonly kind: 'submit' | 'correct' }>,
    operation: string,
    caller: Caller,
  ): Promise<Protected<MeasurementAnswer>> {
    return this.unitOfWork.run(async (tx): Promise<Protected<MeasurementAnswer>> => {
      const seen = await this.access.writable(clientId, caller, tx);
      const before = await this.found(measurementId, seen, tx);
      const context = await this.contexts.of(seen, before, caller, tx);
      const decision = decideMeasurement(command, before, context);
      // What is asked tells levels of earlier ZRMs.
      if (decision.outcome === 'question') {
        return new Protected('read', subjectsOf(seen), { outcome: 'question', doubts: [...decision.doubts] });
      }
      const { measurement } = decision;
      if (measurement.state === 'draft') throw new Error('a draft is not submitted');
      await this.measurements.save(tx, before, measurement);
      await this.submitted.took(tx, seen.client, before, measurement);
      this.accessLog.record(tx, caller, 'update', operation, subjectsOf(seen));
      const { version, state } = measurement;
      return new Protected('update', [], { outcome: 'accepted', measurementId, version, state });
    });
  }

  private async keepAside(tx: Tx, { measurementId, content }: Measurement, caller: Caller): Promise<void> {
    const copies = await this.measurements.copiesOf(measurementId, tx);
    // A form that asks again sends the same once more.
    if (copies.some((copy) => copy.recordedBy === caller.personId && isSame(copy.content, content))) return;
    const room = charactersOf([...copies.map((copy) => copy.content), content]);
    if (copies.length >= MOST_COPIES || room > MOST_KEPT_CHARACTERS) {
      throw Refusal.of('zrm-too-many-copies', { params: { max: copies.length } });
    }
    await this.measurements.keepCopy(tx, {
      _id: uuidv7(),
      measurementId,
      content,
      recordedBy: caller.personId,
      recordedAt: this.clock.now(),
    });
  }

  private async found(measurementId: string, { records }: SeenClient, tx: Tx): Promise<Measurement> {
    const measurement = await this.measurements.find(measurementId, tx);
    if (measurement === undefined || !records.includes(measurement.clientId)) {
      throw Refusal.of('not-found', { fields: ['measurementId'] });
    }
    return measurement;
  }
}

function accepted(decision: MeasurementDecision): Accepted {
  if (decision.outcome !== 'accepted') throw new Error('nothing is asked about a draft');
  return decision;
}

function answerOf(
  outcome: DraftSaved['outcome'],
  { measurementId, version, state }: Measurement,
  missing: Accepted['missing'],
): DraftSaved {
  return { outcome, measurementId, version, state, missing: [...missing] };
}

function subjectsOf({ client, ground }: SeenClient): { clientId: string; ground: AccessGround }[] {
  return [{ clientId: client.known.clientId, ground }];
}
