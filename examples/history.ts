import { plusDays } from './dates.ts';
import type { Chance } from './random.ts';

/** A line of an institution's housing export. */
export interface ExampleStay {
  readonly number: string;
  readonly client: string;
  readonly kind: 'stay' | 'reservation' | 'leave';
  readonly place: string;
  readonly from: string;
  readonly until: string;
  readonly leaveReason: string;
  readonly departureReason: string;
  readonly destination: string;
}

interface Placed {
  client: string;
  since: string;
  /** Planned last day, exclusive. */
  end: string;
  onward: boolean;
}

const DEPARTURES = [
  ['trajectory-completed', 'independent-living'],
  ['better-fitting-place', 'other-subsidised'],
  ['own-choice', 'family'],
  ['left-without-notice', 'unknown'],
  ['no-longer-target-group', 'adult-shelter'],
  ['detention-or-admission', 'clinic'],
] as const;

/**
 * A year of arrivals, moves, leave and departures on a set of places, without overlaps. With awkward cases: one-night
 * stays, arrivals on the day somebody left, leave that is still going on, moves on, and planned arrivals.
 */
export function simulateYear(
  chance: Chance,
  prefix: string,
  places: readonly string[],
  clients: readonly string[],
  today: string,
): ExampleStay[] {
  const rows: ExampleStay[] = [];
  const occupied = new Map<string, Placed>();
  const waiting = clients.slice(0, -4);
  const planned = clients.slice(-4, -2);
  const number = () => `${prefix}-V${String(rows.length + 1).padStart(4, '0')}`;
  const free = () => places.filter((place) => !occupied.has(place));

  const settle = (place: string, client: string, since: string): void => {
    const nights = chance.once(0.05) ? 1 : chance.between(40, 340);
    occupied.set(place, { client, since, end: plusDays(since, nights), onward: chance.once(0.35) });
  };
  const close = (place: string, placed: Placed, day: string, why?: readonly [string, string]): void => {
    rows.push(line(number(), placed.client, 'stay', place, placed.since, day, '', why?.[0], why?.[1]));
    occupied.delete(place);
  };

  for (let day = plusDays(today, -365); day <= today; day = plusDays(day, 1)) {
    for (const [place, placed] of [...occupied]) {
      if (placed.end > day) continue;
      const next = placed.onward ? free()[0] : undefined;
      close(place, placed, day, next === undefined ? chance.pick(DEPARTURES) : undefined);
      if (next !== undefined) settle(next, placed.client, day);
    }
    const openings = free();
    for (const place of openings) {
      // A bed stays empty for some days; in the first weeks the places fill.
      const client = chance.once(0.12) ? waiting.shift() : undefined;
      if (client !== undefined) settle(place, client, day);
    }
  }
  const present = [...occupied];
  for (const [place, placed] of present) rows.push(line(number(), placed.client, 'stay', place, placed.since, ''));
  for (const row of rows.filter(({ kind }) => kind === 'stay')) {
    const nights = (Date.parse(row.until || today) - Date.parse(row.from)) / 86_400_000;
    if (nights < 20 || !chance.once(0.3)) continue;
    const from = plusDays(row.from, chance.between(3, Math.floor(nights) - 10));
    rows.push(line(number(), row.client, 'leave', '', from, plusDays(from, chance.between(2, 7)), 'family-visit'));
  }
  const away = present.find(([, placed]) => placed.since < plusDays(today, -10));
  const onLeave = new Set(rows.filter(({ kind }) => kind === 'leave').map(({ client }) => client));
  if (away !== undefined && !onLeave.has(away[1].client)) {
    rows.push(line(number(), away[1].client, 'leave', '', plusDays(today, -4), '', 'missing'));
  }
  for (const place of free().slice(0, 2)) {
    const client = planned.shift();
    if (client !== undefined)
      rows.push(line(number(), client, 'reservation', place, plusDays(today, chance.between(3, 20)), ''));
  }
  return rows.sort((a, b) => a.from.localeCompare(b.from) || a.number.localeCompare(b.number));
}

function line(
  number: string,
  client: string,
  kind: ExampleStay['kind'],
  place: string,
  from: string,
  until: string,
  leaveReason = '',
  departureReason = '',
  destination = '',
): ExampleStay {
  return { number, client, kind, place, from, until, leaveReason, departureReason, destination };
}
