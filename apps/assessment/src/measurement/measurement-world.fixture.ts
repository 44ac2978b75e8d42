import { parseCivilDate } from '#calendar/civil-date.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type { MeasurementCorrectionReason, MeasurementQuestion } from '#contracts/assessment/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { knownSteps, knownVersions } from '../matrix/known-versions.js';
import { VersionMapping } from '../matrix/mapping.js';
import { DEFAULT_CORRECTION_TERM_DAYS, decideMeasurement } from './measurement-decision.js';
import type {
  GivenContent,
  GivenScore,
  Measurement,
  MeasurementCommand,
  MeasurementContext,
  MeasurementDecision,
} from './measurement-types.js';

export const matrix = new VersionMapping(knownVersions, knownSteps);
export const d = parseCivilDate;

/** All domains of a version at one level, but for those named. */
export function scoresOf(
  version: string,
  level: GivenScore,
  others: Readonly<Record<string, GivenScore>> = {},
): GivenContent['scores'] {
  const domains = matrix.version(version)?.domains ?? [];
  return domains.map(({ code }) => ({ domain: code, score: others[code] ?? level }));
}

/** What somebody could fill in; `given` takes the place of what is there. */
export function content(given: Partial<GivenContent> = {}): GivenContent {
  const matrixVersion = given.matrixVersion ?? '2017';
  return { kind: 'periodic', date: d('2026-06-10'), matrixVersion, scores: scoresOf(matrixVersion, 3), ...given };
}

/** One client in the chain and their ZRMs: given … when … then. */
export class MeasurementWorld {
  now = '2026-06-15T10:00:00Z';
  presence: readonly DateInterval[] = [{ from: d('2026-01-10') }];
  readonly measurements = new Map<string, Measurement>();

  do(id: string, command: MeasurementCommand): MeasurementDecision {
    const decision = decideMeasurement(command, this.measurements.get(id), this.context(id));
    if (decision.outcome === 'accepted') this.measurements.set(id, decision.measurement);
    return decision;
  }

  draft(id: string, given: GivenContent, expectedVersion = this.version(id)): MeasurementDecision {
    return this.do(id, { kind: 'save-draft', content: given, expectedVersion });
  }

  submit(id: string, given: GivenContent, answered: readonly MeasurementQuestion[] = []): MeasurementDecision {
    return this.do(id, { kind: 'submit', content: given, expectedVersion: this.version(id), answered });
  }

  correct(
    id: string,
    given: GivenContent,
    reason: MeasurementCorrectionReason = 'typing-error',
    answered: readonly MeasurementQuestion[] = [],
  ): MeasurementDecision {
    return this.do(id, { kind: 'correct', content: given, expectedVersion: this.version(id), reason, answered });
  }

  /** The refusal as `code`, or `path: code` per field; what was stored must not have changed. */
  refused(act: () => MeasurementDecision): readonly string[] {
    const before = JSON.stringify([...this.measurements]);
    try {
      return [`accepted as ${act().outcome}`];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (JSON.stringify([...this.measurements]) !== before) return ['a refusal changed what was stored'];
      if (error.code !== 'invalid-input') return [error.code];
      return error.fields.map(({ path, code }) => `${path}: ${code}`);
    }
  }

  version(id: string): number {
    return this.measurements.get(id)?.version ?? 0;
  }

  private context(measurementId: string): MeasurementContext {
    const others = [...this.measurements.values()].flatMap((measurement) =>
      measurement.state === 'draft' ? [] : [{ measurementId: measurement.measurementId, content: measurement.content }],
    );
    return {
      measurementId,
      clientId: 'noor',
      now: new Date(this.now),
      by: 'mentor',
      matrix,
      presence: this.presence,
      others,
      correctionTermDays: DEFAULT_CORRECTION_TERM_DAYS,
    };
  }
}
