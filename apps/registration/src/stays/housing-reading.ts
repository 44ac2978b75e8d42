import { contains } from '#calendar/date-interval.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { compareZwaarte } from '#contracts/codes.js';
import type { HousingStatus, StayState, Zwaarte, ZwaarteMatch } from '#contracts/codes.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type { ClientLedger, HousingChange, Leave, Stay } from './housing-types.js';
import { inOrder, predecessorOf } from './stay-edits.js';

/** The confirmed stay that holds the night after this date. */
export function stayOn(stays: readonly Stay[], date: CivilDate): Stay | undefined {
  return stays.find((stay) => !stay.reserved && contains(stay, date));
}

/**
 * Where the client is taken to be on a date: the stay of that date, or the stay that should have ended by a planned
 * move which nobody has confirmed yet.
 */
export function currentStay(stays: readonly Stay[], date: CivilDate): Stay | undefined {
  const stay = stayOn(stays, date);
  if (stay !== undefined) return stay;
  const due = inOrder(stays).findLast((candidate) => candidate.reserved && candidate.from <= date);
  if (due === undefined || stays.some(({ from, reserved }) => !reserved && from >= due.from && from <= date)) {
    return undefined;
  }
  const previous = predecessorOf(stays, due);
  return previous?.reserved === false ? previous : undefined;
}

/**
 * Whether a client is somewhere on a date, as far as the places where they stayed tell: a reservation that nobody
 * confirmed, also one after another, does not end the stay from which it is to lead.
 */
export function staysSomewhere(stays: readonly Stay[], date: CivilDate): boolean {
  const last = inOrder(stays).findLast(({ reserved, from }) => !reserved && from <= date);
  if (last?.until === undefined || last.until > date) return last !== undefined;
  return endsInReservation(last, stays);
}

/** Whether a stay ends by a planned move, which is still to be confirmed. */
export function endsInReservation({ end }: Stay, stays: readonly Stay[]): boolean {
  return end?.kind === 'move' && stays.some(({ stayId, reserved }) => reserved && stayId === end.toStayId);
}

/** The first reservation that is still to be confirmed. */
export function plannedStay(stays: readonly Stay[]): Stay | undefined {
  return inOrder(stays).find(({ reserved }) => reserved);
}

/**
 * The days of a leave: until the client came back, else until the next leave or the end of the stay. A leave that is
 * not ended runs on, whatever was expected.
 */
export function leaveInterval(stay: Stay, leave: Leave): DateInterval {
  if (leave.until !== undefined) return { from: leave.from, until: leave.until };
  const next = stay.leaves.find(({ from }) => from > leave.from);
  return { from: leave.from, until: next?.from ?? stay.until };
}

/** The leave in which a date lies. */
export function leaveOn(stay: Stay, date: CivilDate): Leave | undefined {
  return stay.leaves.find((leave) => contains(leaveInterval(stay, leave), date));
}

/** What a stay is on a date. */
export function stayStateOn(stay: Stay, date: CivilDate): StayState {
  if (stay.reserved) return stay.from > date ? 'reserved' : 'reservation-due';
  if (stay.until !== undefined && stay.until <= date) return 'ended';
  return leaveOn(stay, date) === undefined ? 'present' : 'on-leave';
}

/** Housing situation of a client on a date. */
export function housingStatusOn(stays: readonly Stay[], date: CivilDate): HousingStatus {
  if (currentStay(stays, date) !== undefined) return 'housed';
  if (plannedStay(stays) !== undefined) return 'reserved';
  return stays.some(({ from }) => from <= date) ? 'left' : 'none';
}

/** The date of death, when a stay ended by it. */
export function dateOfDeath(stays: readonly Stay[]): CivilDate | undefined {
  return stays.find(({ end }) => end?.kind === 'departure' && end.destination === 'deceased')?.until;
}

/** How the weight of a client fits the place; shown, never refused (domain.md §3). */
export function zwaarteMatch(client: Zwaarte | undefined, place: Zwaarte): ZwaarteMatch {
  if (client === undefined) return 'unknown';
  const difference = compareZwaarte(place, client);
  return difference === 0 ? 'equal' : difference < 0 ? 'place-too-light' : 'place-too-heavy';
}

/** The stays that a row of changes, from the first on, leads to. */
export function staysFromChanges(changes: readonly HousingChange[]): Stay[] {
  const stays = new Map<string, Stay>();
  for (const change of changes) {
    for (const { stayId } of change.before) stays.delete(stayId);
    for (const stay of change.after) stays.set(stay.stayId, stay);
  }
  return inOrder([...stays.values()]);
}

/**
 * The ledger as it was at an instant (ISO, UTC), or at a version: what was known then, also where it was corrected
 * since. "A correction leaves the earlier version readable" (domain.md §3).
 */
export function ledgerAsOf(ledger: ClientLedger, moment: { recordedAt: string } | { version: number }): ClientLedger {
  const changes = ledger.changes.filter((change) =>
    'version' in moment ? change.version <= moment.version : change.recordedAt <= moment.recordedAt,
  );
  const last = changes.at(-1);
  return {
    clientId: ledger.clientId,
    version: last?.version ?? 0,
    stays: staysFromChanges(changes),
    changes,
    ...(last?.mergedInto === undefined ? {} : { mergedInto: last.mergedInto }),
  };
}
