import { type CivilDate, parseCivilDate } from '#calendar/civil-date.js';
import { covers, type DateInterval } from '#calendar/date-interval.js';
import { periodText } from '#contracts/refusal-interpolation.js';
import { Refusal } from '#contracts/refusal.js';
import type { Role } from '#contracts/codes.js';

/** Rules of organisations, locations, clusters and places (domain.md §3). Nothing is deleted: things close. */

/** When a place can be used. */
export interface OpenPeriod {
  openFrom?: CivilDate | undefined;
  closedFrom?: CivilDate | undefined;
}

/** A place closes after it opens. */
export function checkOpenPeriod({ openFrom, closedFrom }: OpenPeriod): void {
  if (openFrom !== undefined && closedFrom !== undefined && closedFrom <= openFrom) {
    throw Refusal.of('date-order', { fields: ['closedFrom'] });
  }
}

/**
 * Every stay and reservation on a place lies within the days on which it is open.
 * @throws Refusal `place-in-use` with the period of the first one that does not
 */
export function checkOccupationsInside(
  label: string,
  { openFrom, closedFrom }: OpenPeriod,
  occupations: readonly DateInterval[],
): void {
  const open: DateInterval = { from: openFrom ?? BEFORE_EVERYTHING, until: closedFrom };
  const outside = occupations.find((occupation) => !covers(open, occupation));
  if (outside === undefined) return;
  const field = outside.from < open.from ? 'openFrom' : 'closedFrom';
  throw Refusal.of('place-in-use', { params: { place: label, period: periodText(outside) }, fields: [field] });
}

/** The first date that can be written; civil dates compare as texts. */
const BEFORE_EVERYTHING = parseCivilDate('0000-01-01');

/** Something of the structure that may be closed. */
interface Closable {
  closedFrom?: CivilDate | undefined;
}

/**
 * What closes must not have anything open below it from that day on.
 * @throws Refusal `still-open-below` with how many
 */
export function checkNothingOpenBelow(closedFrom: CivilDate, below: readonly Closable[]): void {
  const open = below.filter((part) => part.closedFrom === undefined || part.closedFrom > closedFrom);
  if (open.length > 0) throw Refusal.of('still-open-below', { params: { count: open.length }, fields: ['closedFrom'] });
}

/**
 * What is open must have everything above it open.
 * @throws Refusal `closed-above` with the day from which the part above is closed
 */
export function checkOpenAbove(part: Closable, above: Closable): void {
  if (above.closedFrom === undefined) return;
  if (part.closedFrom === undefined || part.closedFrom > above.closedFrom) {
    throw Refusal.of('closed-above', { params: { date: above.closedFrom }, fields: ['closedFrom'] });
  }
}

/** What matters of a person for representing a cluster. */
export interface Representative {
  kind: 'person' | 'system';
  roles: readonly Role[];
  organisationId?: string | undefined;
  active: boolean;
}

/** A cluster is represented by an active clientmanager of its organisation (domain.md §2). */
export function canRepresent(person: Representative | null, organisationId: string): boolean {
  return (
    person !== null &&
    person.kind === 'person' &&
    person.active &&
    person.roles.includes('clientmanager') &&
    person.organisationId === organisationId
  );
}
