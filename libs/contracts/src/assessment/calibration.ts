import type { HiddenFigureReason, ZrmLevel } from './codes.js';

/** Cases and raters of one session at most: what a morning and a room hold. */
export const MOST_CASES = 30;
export const MOST_RATERS = 20;

/** An interval that holds the true figure with a confidence, 0.95 where nothing else is said. */
export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * How far raters agree on a domain (domain.md §4, IJking). `kappa`: quadratic-weighted, of two raters; `icc`: ICC(2,1), of
 * several. Both are 1 for full agreement and 0 for what chance would give. A figure on too little is not shown.
 */
export type Agreement =
  | {
      readonly shown: true;
      readonly measure: 'kappa' | 'icc';
      readonly value: number;
      readonly interval: ConfidenceInterval;
      readonly raters: number;
      /**
       * Clients or vignettes that every rater gave a level; those that one of them did not assess are left out. Both numbers
       * are absent for who may see no counts under five.
       */
      readonly subjects?: number;
      readonly leftOut?: number;
    }
  | {
      readonly shown: false;
      readonly because: HiddenFigureReason;
      readonly raters: number;
      readonly subjects?: number;
      readonly leftOut?: number;
    };

/**
 * How an institution uses the levels of a domain. Hidden when it is about too few clients. `in-part`: levels that fewer
 * clients have than may be shown are left out, and so is everything from which their number could be reckoned.
 */
export type LevelDistribution =
  | { readonly shown: false; readonly because: Extract<HiddenFigureReason, 'too-few-subjects'> }
  | { readonly shown: 'in-part'; readonly counts: Readonly<Partial<Record<ZrmLevel, number>>> }
  | {
      readonly shown: true;
      readonly assessed: number;
      readonly notAssessed: number;
      readonly counts: Readonly<Record<ZrmLevel, number>>;
      /** Of those assessed; they add up to 1. */
      readonly shares: Readonly<Record<ZrmLevel, number>>;
      readonly mean: number;
    };

/** From how much on a figure is shown; a setting per region. */
export interface CalibrationMinimums {
  /** Clients or vignettes that all raters gave a level, for a figure of agreement. */
  readonly subjects: number;
  /** Clients of an institution with a level, for a distribution. */
  readonly clients: number;
}
