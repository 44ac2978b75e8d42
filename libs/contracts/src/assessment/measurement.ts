import type { CivilDate } from '#calendar/civil-date.js';
import type {
  MeasurementKind,
  MeasurementQuestion,
  Participant,
  WeightAnswer,
  WeightFactor,
  ZrmLevel,
  ZrmScore,
} from './codes.js';

/** Longest remark of a domain or note of a weight factor, in characters. */
export const MAX_REMARK = 1000;
/** Longest particulars, in characters. */
export const MAX_PARTICULARS = 4000;

/** What was filled in for one domain. */
export interface DomainScore {
  readonly domain: string;
  /** By the professional. */
  readonly score: ZrmScore;
  /** What the client says of themselves, beside it (domain.md §4, IJking). */
  readonly clientScore?: ZrmScore;
  readonly remark?: string;
}

/** A weight factor, and whether it plays a part. */
export interface WeightNote {
  readonly factor: WeightFactor;
  readonly answer: WeightAnswer;
  readonly note?: string;
}

/** A filled-in ZRM, of whatever kind. */
export interface MeasurementContent {
  readonly kind: MeasurementKind;
  /** The day that it is about: the picture of the last 30 days counts. For a target: the day on which it was set. */
  readonly date: CivilDate;
  /** Code of the version of the matrix. */
  readonly matrixVersion: string;
  /** Codes of the supplements that were filled in beside it. */
  readonly supplements: readonly string[];
  /** One per domain of the version and its supplements, in their order. */
  readonly scores: readonly DomainScore[];
  readonly weights: readonly WeightNote[];
  /** What the clientmanager or regisseur should want to discuss (bijzonderheden). */
  readonly particulars?: string;
  readonly participants: readonly Participant[];
}

/** A domain of which something was filled in already. */
export type DraftScore = Partial<DomainScore> & Pick<DomainScore, 'domain'>;

/** A ZRM that is being filled in: its date and scores may be missing. */
export interface DraftContent extends Omit<MeasurementContent, 'date' | 'scores'> {
  readonly date?: CivilDate;
  readonly scores: readonly DraftScore[];
}

/** A domain whose target is lower than its baseline. */
export interface LoweredTarget {
  readonly domain: string;
  readonly baseline: ZrmLevel;
  readonly target: ZrmLevel;
}

/** What is asked before an unusual ZRM is accepted; whoever submits answers by naming the question. */
export type MeasurementDoubt =
  | {
      readonly question: Extract<MeasurementQuestion, 'target-below-baseline'>;
      readonly domains: readonly LoweredTarget[];
    }
  | { readonly question: Extract<MeasurementQuestion, 'baseline-again'>; readonly since: CivilDate };
