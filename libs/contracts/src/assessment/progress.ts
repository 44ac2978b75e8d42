import type { CivilDate } from '#calendar/civil-date.js';
import type {
  DomainStanding,
  Incomparability,
  MeasurementKind,
  ProgressDirection,
  ProgressFindingKind,
  ZrmLevel,
} from './codes.js';

/** A domain of a version of the matrix. */
export interface DomainReference {
  readonly matrixVersion: string;
  readonly domain: string;
}

/**
 * A rule of a region (domain.md §4): data. `domains`: only these; all of them when absent. They are named in one version
 * of the matrix, and count in another version where they can be compared.
 *
 * `stagnation`, scope `client`: none of the domains moved over `zrms` consecutive ZRMs. Scope `domain`: each domain by
 * itself. `drop`: a domain is `levels` or more below what it was before.
 */
export type ProgressRule =
  | {
      readonly ruleId: string;
      readonly kind: Extract<ProgressFindingKind, 'stagnation'>;
      readonly scope: 'client' | 'domain';
      readonly zrms: number;
      readonly domains?: readonly DomainReference[];
    }
  | {
      readonly ruleId: string;
      readonly kind: Extract<ProgressFindingKind, 'drop'>;
      readonly levels: number;
      readonly domains?: readonly DomainReference[];
    };

/** The level of a domain in one ZRM. */
export interface LevelPoint {
  readonly measurementId: string;
  readonly date: CivilDate;
  readonly level: ZrmLevel;
}

/** A level that cannot be set beside the others, because the matrix changed. */
export interface IncomparableScore extends LevelPoint, DomainReference {
  readonly reason: Incomparability;
  /** Domains of the version that is shown that have something to do with it. */
  readonly related: readonly string[];
}

/** One domain, in the version that is shown. */
export interface DomainProgress {
  readonly domain: string;
  readonly matrixVersion: string;
  readonly standing: DomainStanding;
  readonly direction: ProgressDirection;
  /** From 0 (at or below the baseline) to 1 (target reached); absent without baseline, target or level. */
  readonly position?: number;
  readonly baseline?: LevelPoint;
  readonly target?: LevelPoint;
  /** The last level that was assessed, and the date since which it is that. */
  readonly current?: LevelPoint & { readonly since: CivilDate };
  /** The last move: "3 → 2 since 12 March". */
  readonly lastMove?: { readonly from: ZrmLevel; readonly to: ZrmLevel; readonly since: CivilDate };
  /** ZRMs in a row, up to the last in which it was assessed, that brought no move. */
  readonly stillZrms: number;
  /** In order of date, from the baseline on. */
  readonly series: readonly LevelPoint[];
}

/** What the latest ZRM gives reason to discuss, with why: enough for a page or a melding to say it in a sentence. */
export type ProgressFinding =
  | {
      readonly kind: Extract<ProgressFindingKind, 'drop'>;
      readonly ruleId: string;
      readonly domain: string;
      readonly from: ZrmLevel;
      readonly to: ZrmLevel;
      /** When it was assessed as it was before. */
      readonly before: CivilDate;
      readonly since: CivilDate;
    }
  | {
      readonly kind: Extract<ProgressFindingKind, 'stagnation'>;
      readonly ruleId: string;
      /** How many ZRMs in a row brought no move by now. */
      readonly zrms: number;
      /** The ZRM since which nothing moved. */
      readonly since: CivilDate;
      /** Those that still have a way to go. */
      readonly domains: readonly { readonly domain: string; readonly level: ZrmLevel; readonly since: CivilDate }[];
    }
  | {
      readonly kind: Extract<ProgressFindingKind, 'target-reached'>;
      readonly domain: string;
      readonly from: ZrmLevel;
      readonly to: ZrmLevel;
      readonly target: ZrmLevel;
      readonly since: CivilDate;
    };

/** One ZRM in short. */
export interface MeasurementMark {
  readonly measurementId: string;
  readonly kind: MeasurementKind;
  readonly date: CivilDate;
}

/** Does the client move between baseline and target (domain.md §4)? */
export interface ClientProgress {
  /** The version of the matrix in which it is told; absent when nothing was filled in. */
  readonly matrixVersion?: string;
  readonly latest?: MeasurementMark;
  readonly baseline?: MeasurementMark;
  readonly target?: MeasurementMark;
  readonly direction: ProgressDirection;
  /** Mean of the positions of the domains that have one. */
  readonly position?: number;
  readonly targetsSet: number;
  readonly targetsReached: number;
  readonly domains: readonly DomainProgress[];
  readonly findings: readonly ProgressFinding[];
  readonly incomparable: readonly IncomparableScore[];
}
