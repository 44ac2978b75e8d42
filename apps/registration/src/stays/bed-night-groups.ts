import { addMonths, laterOf, earlierOf, type CivilDate, parseCivilDate } from '#calendar/civil-date.js';
import { overlaps } from '#calendar/date-interval.js';
import type { BedNightGroup, BedNightGrouping } from '#contracts/registration/occupancy.js';
import type { PlaceLedger } from './housing-types.js';
import { bedNights } from './occupancy.js';

interface Period {
  readonly from: CivilDate;
  readonly until: CivilDate;
}

interface Part {
  readonly key: string;
  readonly places: PlaceLedger[];
  readonly period: Period;
}

/**
 * Nights per group of places, or per month, in order of key.
 * @param suppressBelow numbers of groups with fewer different clients are left out (domain.md §2, `beleid`); 0 shows all
 */
export function bedNightGroups(
  places: readonly PlaceLedger[],
  period: Period,
  groupBy: BedNightGrouping,
  suppressBelow: number,
): BedNightGroup[] {
  const parts = groupBy === 'month' ? byMonth(places, period) : byPlace(places, period, groupBy);
  return parts
    .map((part) => ({ ...identifierOf(groupBy, part.key), ...groupOf(part, suppressBelow) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function identifierOf(groupBy: BedNightGrouping, key: string): Pick<BedNightGroup, 'organisationId' | 'clusterId'> {
  if (groupBy === 'organisation') return { organisationId: key };
  return groupBy === 'cluster' ? { clusterId: key } : {};
}

function groupOf({ key, places, period }: Part, suppressBelow: number): BedNightGroup {
  const { nights, leaveNights, availableNights } = bedNights(places, period);
  const stays = places.flatMap(({ occupations }) => occupations.filter(({ reserved }) => !reserved));
  const clients = new Set(stays.filter((stay) => overlaps(stay, period)).map(({ clientId }) => clientId)).size;
  const group = { key, available: availableNights };
  // Nobody at all tells nothing about anybody.
  if (clients > 0 && clients < suppressBelow) return { ...group, suppressed: true };
  return { ...group, occupied: nights, onLeave: leaveNights, clients, suppressed: false };
}

function byPlace(places: readonly PlaceLedger[], period: Period, groupBy: Exclude<BedNightGrouping, 'month'>): Part[] {
  const groups = Map.groupBy(places, (place) => placeKey(place, groupBy));
  return [...groups].map(([key, members]) => ({ key, places: members, period }));
}

function placeKey(place: PlaceLedger, groupBy: Exclude<BedNightGrouping, 'month'>): string {
  switch (groupBy) {
    case 'organisation':
      return place.organisationId;
    case 'cluster':
      return place.clusterId;
    case 'kind':
      return place.kind;
    case 'zwaarte':
      return place.zwaarte;
    case 'funding-frame':
      return place.fundingFrame;
  }
}

function byMonth(places: readonly PlaceLedger[], period: Period): Part[] {
  const parts: Part[] = [];
  let start = parseCivilDate(`${period.from.slice(0, 7)}-01`);
  while (start < period.until) {
    const next = addMonths(start, 1);
    const month = { from: laterOf(start, period.from), until: earlierOf(next, period.until) };
    parts.push({ key: start.slice(0, 7), places: [...places], period: month });
    start = next;
  }
  return parts;
}
