import type { CivilDate } from '#calendar/civil-date.js';
import type {
  CalibrationEventKind,
  CalibrationReopenReason,
  CalibrationState,
  ZrmScore,
} from '#contracts/assessment/codes.js';
import type { VersionMapping } from '../matrix/mapping.js';

/** What a session scores: a client, or a story about nobody. */
export type SessionCase =
  | { readonly caseId: string; readonly kind: 'client'; readonly clientId: string }
  | { readonly caseId: string; readonly kind: 'vignette'; readonly title: string; readonly text: string };

/** Level, or not assessed, by code of the domain. */
export type ScoresByDomain = Readonly<Record<string, ZrmScore>>;

/** What one rater gave one case. */
export interface Sheet {
  readonly caseId: string;
  /** Counts the changes by the rater. */
  readonly version: number;
  readonly scoredAt: string;
  readonly scores: ScoresByDomain;
  /** Given before the rater may have seen the scores of others: the scores themselves, or those that were changed later. */
  readonly blindScores?: ScoresByDomain;
}

export interface SessionRater {
  readonly personId: string;
  /** For whom they worked when they scored last. */
  readonly organisationId?: string;
  /** They may have seen the scores of others: they were invited, or could see closed sessions, when this one was closed. */
  readonly mayHaveSeen: boolean;
  /** In the order of the cases. */
  readonly sheets: readonly Sheet[];
}

export interface SessionEvent {
  readonly kind: CalibrationEventKind;
  readonly at: string;
  readonly by: string;
  readonly personIds?: readonly string[];
  readonly reason?: CalibrationReopenReason;
}

/**
 * One calibration session (ijking): plain data, stored as it is. The sheets are inside it, so that whoever scores and
 * whoever closes write the same document, and one of the two is first.
 */
export interface Session {
  readonly sessionId: string;
  /** Goes up when who plans changes something; scores do not change it, so that closing is not refused because of them. */
  readonly version: number;
  /** Goes up with every write. */
  readonly writes: number;
  readonly state: CalibrationState;
  readonly matrixVersion: string;
  readonly scoreBy?: CivilDate;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly cases: readonly SessionCase[];
  readonly raters: readonly SessionRater[];
  /** Oldest first. */
  readonly history: readonly SessionEvent[];
}

/** A case as somebody plans it. */
export interface GivenCase {
  readonly kind: SessionCase['kind'];
  readonly clientId?: string;
  readonly title?: string;
  readonly text?: string;
}

/** What somebody wants to do. */
export type CalibrationCommand =
  | {
      readonly kind: 'plan';
      readonly matrixVersion: string;
      readonly scoreBy?: CivilDate;
      readonly cases: readonly GivenCase[];
      readonly personIds: readonly string[];
    }
  | { readonly kind: 'invite'; readonly expectedVersion: number; readonly personIds: readonly string[] }
  | { readonly kind: 'withdraw'; readonly expectedVersion: number; readonly personId: string }
  | {
      readonly kind: 'score';
      readonly caseId: string;
      readonly expectedVersion: number;
      readonly scores: readonly { readonly domain: string; readonly score: ZrmScore }[];
    }
  | { readonly kind: 'close'; readonly expectedVersion: number }
  | { readonly kind: 'reopen'; readonly expectedVersion: number; readonly reason: CalibrationReopenReason };

/** What the decision needs to know besides the session. */
export interface CalibrationContext {
  readonly sessionId: string;
  readonly now: Date;
  readonly by: string;
  /** For whom they work. */
  readonly organisationId?: string;
  /** Whether they may see closed sessions in which they were not invited. */
  readonly seesClosed: boolean;
  readonly matrix: VersionMapping;
}
