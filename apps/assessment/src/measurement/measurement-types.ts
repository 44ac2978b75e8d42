import type { CivilDate } from '#calendar/civil-date.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type {
  MeasurementCorrectionReason,
  MeasurementKind,
  MeasurementOrigin,
  MeasurementQuestion,
  Participant,
} from '#contracts/assessment/codes.js';
import type {
  DraftContent,
  MeasurementContent,
  MeasurementDoubt,
  WeightNote,
} from '#contracts/assessment/measurement.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { VersionMapping } from '../matrix/mapping.js';

/** A score as it came in: any number, or a text. */
export type GivenScore = number | string;

/** What somebody filled in, before anything of it was checked. */
export interface GivenContent {
  readonly kind: MeasurementKind;
  readonly date?: CivilDate;
  readonly matrixVersion: string;
  readonly supplements?: readonly string[];
  readonly scores: readonly {
    readonly domain: string;
    /** Absent: nothing was chosen yet. */
    readonly score?: GivenScore;
    readonly clientScore?: GivenScore;
    readonly remark?: string;
  }[];
  readonly weights?: readonly WeightNote[];
  readonly particulars?: string;
  readonly participants?: readonly Participant[];
}

/** What stood before a correction. */
export interface Edition {
  readonly version: number;
  readonly content: MeasurementContent;
  /** Identifier of who entered it, and when. */
  readonly by: string;
  readonly at: string;
}

interface Identity {
  readonly measurementId: string;
  readonly clientId: string;
  /** Goes up with every change; guards against two people who change at once. */
  readonly version: number;
  /** How it came in; absent of what was filled in before files could be read. */
  readonly origin?: MeasurementOrigin;
}

/**
 * One ZRM of one client: plain data, stored as it is. Draft → submitted → corrected (as often as the term allows). Instants
 * are ISO in UTC.
 */
export type Measurement =
  | (Identity & {
      readonly state: 'draft';
      readonly content: DraftContent;
      readonly savedBy: string;
      readonly savedAt: string;
    })
  | (Identity & {
      readonly state: 'submitted';
      readonly content: MeasurementContent;
      /** Who filled it in. */
      readonly submittedBy: string;
      readonly submittedAt: string;
    })
  | (Identity & {
      readonly state: 'corrected';
      readonly content: MeasurementContent;
      readonly submittedBy: string;
      readonly submittedAt: string;
      readonly correctedBy: string;
      readonly correctedAt: string;
      readonly reason: MeasurementCorrectionReason;
      /** Oldest first. */
      readonly earlier: readonly [Edition, ...Edition[]];
    });

/** A ZRM that was submitted, whether it was corrected since or not. */
export type SubmittedMeasurement = Exclude<Measurement, { readonly state: 'draft' }>;

/** What somebody wants to do. `answered`: the questions to which they said that it is right so. */
export type MeasurementCommand =
  | { readonly kind: 'save-draft'; readonly content: GivenContent; readonly expectedVersion: number }
  | {
      readonly kind: 'submit';
      readonly content: GivenContent;
      readonly expectedVersion: number;
      readonly answered?: readonly MeasurementQuestion[];
    }
  | {
      readonly kind: 'correct';
      readonly content: GivenContent;
      readonly expectedVersion: number;
      readonly reason: MeasurementCorrectionReason;
      readonly answered?: readonly MeasurementQuestion[];
    };

/** Another ZRM of the same client that was submitted. */
export interface OtherMeasurement {
  readonly measurementId: string;
  readonly content: MeasurementContent;
}

/** What the decision needs to know besides the ZRM itself. */
export interface MeasurementContext {
  readonly measurementId: string;
  readonly clientId: string;
  readonly now: Date;
  readonly by: string;
  /** By which way it comes in now; a form when nothing is said. */
  readonly origin?: MeasurementOrigin;
  readonly matrix: VersionMapping;
  /** When the client lived in the chain, from arrival to departure; in any order. */
  readonly presence: readonly DateInterval[];
  readonly others: readonly OtherMeasurement[];
  /** Days after the day of submitting on which correcting is still possible; a setting per region. */
  readonly correctionTermDays: number;
}

/**
 * `accepted`: to be stored; `missing` is what a draft still needs before it can be submitted. `question`: nothing is
 * stored until the questions are answered.
 */
export type MeasurementDecision =
  | { readonly outcome: 'accepted'; readonly measurement: Measurement; readonly missing: readonly FieldProblem[] }
  | { readonly outcome: 'question'; readonly doubts: readonly [MeasurementDoubt, ...MeasurementDoubt[]] };
