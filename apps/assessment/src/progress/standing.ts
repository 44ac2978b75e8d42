import type { CivilDate } from '#calendar/civil-date.js';
import type { DueKind } from '#contracts/assessment/codes.js';
import type { ClientProgress, ProgressFinding, ProgressRule } from '#contracts/assessment/progress.js';
import { type KnownClient, lastPresence } from '../directory/known-client.js';
import type { VersionMapping } from '../matrix/mapping.js';
import type { SubmittedMeasurement } from '../measurement/measurement-types.js';
import { progressOf } from './progress.js';

/** Where the client is in the chain, or was last. */
export interface StandingPlace {
  readonly organisationId: string;
  readonly clusterId: string;
  /** Since when without a break. */
  readonly since: CivilDate;
  /** Day of the departure, also a planned one. */
  readonly until?: CivilDate;
}

/** What has to be there since the arrival (domain.md §3: every client has a baseline and a target). */
export type LackingKind = Extract<DueKind, 'baseline' | 'target'>;

/**
 * How a client stands, in short: what lists show and choose by. Made anew in the unit of work that changes anything that
 * it follows from, so that a list of clients reads one document per client.
 */
export interface Standing extends Pick<
  ClientProgress,
  'latest' | 'direction' | 'position' | 'targetsSet' | 'targetsReached'
> {
  readonly place?: StandingPlace;
  readonly lacks: readonly LackingKind[];
  /** Of the latest ZRM. */
  readonly hasParticulars: boolean;
  readonly findings: readonly ProgressFinding[];
  /** Version of the region's settings by which this was found. */
  readonly settingsVersion: number;
}

/** The standing of a client of whom nothing was filled in. */
export const noStanding: Standing = {
  lacks: [],
  hasParticulars: false,
  direction: 'unknown',
  targetsSet: 0,
  targetsReached: 0,
  findings: [],
  settingsVersion: 0,
};

/** How a client stands by everything that was submitted, in any order. */
export function standingOf(
  known: KnownClient,
  measurements: readonly SubmittedMeasurement[],
  matrix: VersionMapping,
  settings: { readonly rules: readonly ProgressRule[]; readonly version: number },
): Standing {
  const progress = progressOf(measurements, matrix, settings.rules);
  const { latest, direction, position, targetsSet, targetsReached, findings } = progress;
  const presence = lastPresence(known);
  const newest = measurements.find(({ measurementId }) => measurementId === latest?.measurementId);
  return {
    ...(presence === undefined ? {} : { place: placeOf(presence) }),
    lacks: presence === undefined ? [] : lacksSince(presence.from, measurements),
    ...(latest === undefined ? {} : { latest }),
    hasParticulars: newest?.content.particulars !== undefined,
    direction,
    ...(position === undefined ? {} : { position }),
    targetsSet,
    targetsReached,
    findings,
    settingsVersion: settings.version,
  };
}

function placeOf({ organisationId, clusterId, from, until }: NonNullable<ReturnType<typeof lastPresence>>) {
  return { organisationId, clusterId, since: from, ...(until === undefined ? {} : { until }) };
}

/** What was filled in before the arrival belongs to an earlier time in the chain. */
function lacksSince(arrival: CivilDate, measurements: readonly SubmittedMeasurement[]): LackingKind[] {
  return (['baseline', 'target'] as const).filter(
    (kind) => !measurements.some(({ content }) => content.kind === kind && content.date >= arrival),
  );
}
