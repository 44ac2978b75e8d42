import { IsOptional, IsString, Length } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import { IsCivilDateText } from '../field-rules.js';
import { defineRequest } from '../request.js';
import type { Agreement, LevelDistribution } from './calibration.js';

/** Figures of agreement over closed sessions. */
export class GetCalibrationFigures {
  /** The current version when absent. */
  @IsOptional() @IsString() @Length(1, 40) matrixVersion?: string;
  /** Sessions that were planned on this day or later, and before `until`; all of them when absent. */
  @IsOptional() @IsCivilDateText() from?: CivilDate;
  @IsOptional() @IsCivilDateText() until?: CivilDate;
}

/** How far the raters of an organisation agree with those of all others on the cases that both scored. */
export interface OrganisationAgreement {
  organisationId: string;
  domains: { domain: string; agreement: Agreement }[];
}

export interface CalibrationFigures {
  matrixVersion: string;
  /** Closed sessions that count. */
  sessions: number;
  /** In order of identifier. */
  items: OrganisationAgreement[];
}

/** How the institutions use the levels, by the latest ZRM of each client. */
export class GetLevelDistributions {
  /** The current version when absent; ZRMs of other versions are left out. */
  @IsOptional() @IsString() @Length(1, 40) matrixVersion?: string;
  /** Only ZRMs about this day or later; not for policy, which is told of the last quarter that was fixed. */
  @IsOptional() @IsCivilDateText() since?: CivilDate;
}

/** One domain of one institution. */
export interface DomainDistribution {
  domain: string;
  professional: LevelDistribution;
  /** What clients said of themselves; only of clients who did. */
  client: LevelDistribution;
  /** Of professional and client, on the clients who said something of themselves. */
  agreement: Agreement;
}

export interface InstitutionDistribution {
  /** Where the client stayed on the day of the ZRM. */
  organisationId: string;
  domains: DomainDistribution[];
}

export interface LevelDistributions {
  matrixVersion: string;
  since?: CivilDate;
  /** For policy: the day on which the figures were fixed; they stay as they are until those of the next quarter. */
  asOf?: CivilDate;
  /** In order of identifier. */
  items: InstitutionDistribution[];
}

/** Aggregates without any client; for policy, counts under five are left out (domain.md §2). */
const READERS = ['trajectregisseur', 'beleid'] as const;

/** Refuses: `zrm-version-unknown`, `date-order`. */
export const getCalibrationFigures = defineRequest<GetCalibrationFigures, CalibrationFigures>(
  'assessment.calibration.figures',
  { payload: GetCalibrationFigures, allow: READERS, deadlineMs: 15_000 },
);

/** Refuses: `zrm-version-unknown`, `zrm-levels-fixed`. */
export const getLevelDistributions = defineRequest<GetLevelDistributions, LevelDistributions>(
  'assessment.calibration.distributions',
  { payload: GetLevelDistributions, allow: READERS, deadlineMs: 15_000 },
);
