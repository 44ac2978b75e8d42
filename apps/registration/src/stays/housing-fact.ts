import type { CivilDate } from '#calendar/civil-date.js';
import { contains } from '#calendar/date-interval.js';
import type { HousingSituationChanged } from '#contracts/registration/facts.js';
import type { HousingChange, Stay } from './housing-types.js';

/**
 * The fact that tells of an accepted change: identifiers, codes and dates only (domain.md §10). It names the stay that
 * the change is about (of a departure: the stay that ended), and the place before it when that was another one, so
 * that both regisseurs can be told. An entry that was cancelled has only the latter.
 */
export function housingFactOf(change: HousingChange): Readonly<HousingSituationChanged> {
  const { effectiveOn } = change;
  const now = stayConcerned(change.after, effectiveOn);
  const before = stayConcerned(change.before, effectiveOn);
  const previous = before?.placeId === now?.placeId ? undefined : before;
  const until = now && endOfWhatBegan(now, effectiveOn);
  return {
    clientId: change.clientId,
    changeId: change.changeId,
    version: change.version,
    kind: change.kind,
    effectiveOn,
    recordedAt: change.recordedAt,
    recordedBy: change.recordedBy,
    channel: change.channel,
    ...(now && { placeId: now.placeId, clusterId: now.clusterId, organisationId: now.organisationId }),
    ...(previous && {
      previousPlaceId: previous.placeId,
      previousClusterId: previous.clusterId,
      previousOrganisationId: previous.organisationId,
    }),
    ...(until && { until }),
    reasons: change.reasons,
    ...(change.undoes && { undoes: change.undoes }),
    ...(change.paired && { pairedClientId: change.paired.clientId }),
  };
}

/** Of the stays touched: the one of that night, else the one that ended there, else the last. */
function stayConcerned(stays: readonly Stay[], on: CivilDate): Stay | undefined {
  return stays.find((stay) => contains(stay, on)) ?? stays.find(({ until }) => until === on) ?? stays.at(-1);
}

/** The end, known or expected, of the leave or stay that begins on a date. */
function endOfWhatBegan(stay: Stay, on: CivilDate): CivilDate | undefined {
  const leave = stay.leaves.find(({ from }) => from === on);
  if (leave !== undefined) return leave.until ?? leave.expectedUntil;
  return stay.from === on ? stay.until : undefined;
}
