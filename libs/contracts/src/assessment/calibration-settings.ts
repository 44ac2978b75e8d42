import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsExpectedVersion } from '../field-rules.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import type { CalibrationMinimums } from './calibration.js';

/** Two raters cannot agree or disagree on one subject alone. */
export const FEWEST_SUBJECTS = 2;
/** Counts under five are told of nobody (domain.md §2): a region may ask for more, not for less. */
export const FEWEST_CLIENTS = 5;
const MOST = 1_000;

/** From how much on figures about the use of the ZRM are shown, and since when (domain.md §4, IJking). */
export interface CalibrationSettingsInForce {
  minimums: CalibrationMinimums;
  /** 0 for those that came with the software. */
  version: number;
  changedAt?: string;
  changedBy?: string;
}

/** Changes the settings; an absent field stays. */
export class UpdateCalibrationSettings {
  @IsExpectedVersion() expectedVersion?: number;
  /** Clients or vignettes that all raters gave a level, for a figure of agreement. */
  @IsOptional() @IsInt() @Min(FEWEST_SUBJECTS) @Max(MOST) subjects?: number;
  /** Clients of an institution with a level, for a distribution. */
  @IsOptional() @IsInt() @Min(FEWEST_CLIENTS) @Max(MOST) clients?: number;
}

/** Who is shown figures may know from how much on; only an operator changes it. */
const READERS = ['beheerder', 'trajectregisseur', 'clientmanager', 'beleid'] as const;

export const getCalibrationSettings = defineRequest<NoQuestion, CalibrationSettingsInForce>(
  'assessment.calibration-settings.get',
  { payload: NoQuestion, allow: READERS },
);

/** Refuses: `stale-version`. */
export const updateCalibrationSettings = defineRequest<UpdateCalibrationSettings, CalibrationSettingsInForce>(
  'assessment.calibration-settings.update',
  { payload: UpdateCalibrationSettings, allow: ['beheerder'] },
);

/** Every version of the settings, newest first. */
export const calibrationSettingsHistory = defineRequest<NoQuestion, { items: CalibrationSettingsInForce[] }>(
  'assessment.calibration-settings.history',
  { payload: NoQuestion, allow: READERS },
);
