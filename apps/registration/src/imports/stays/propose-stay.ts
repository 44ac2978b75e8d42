import type { CivilDate } from '#calendar/civil-date.js';
import { overlaps } from '#calendar/date-interval.js';
import { fieldProblem } from '#contracts/refusal.js';
import type { CorrectionReason } from '#contracts/codes.js';
import type { HousingCommand } from '../../stays/housing-commands.js';
import type { ClientLedger, Stay } from '../../stays/housing-types.js';
import type { StayRow } from '../rows/check-row.js';
import type { Onward, StayProposal } from './stay-plan.js';

/** What has to be known besides the row to tell what it comes to. */
export interface StaySituation {
  readonly clientId: string;
  readonly ledger: ClientLedger;
  /** Absent for leave. */
  readonly placeId: string;
  readonly today: CivilDate;
  /** The stay or leave that this line number stood for before. */
  readonly linkedId: string | undefined;
  /** Stays and leaves that other lines stand for: a line does not take them over. */
  readonly taken: ReadonlySet<string>;
  /** The stay of the line before, when the file says that the client came here from there. */
  readonly previousStayId: string | undefined;
  /** What comes next for this client in the file, on the day that this line ends and at another place. */
  readonly onward: Onward | undefined;
}

/**
 * Compares a line about a stay or reservation with the ledger (domain.md §3: repeatable without doubling). An empty end
 * date says nothing, so it never takes a known end away.
 */
export function proposeStay(row: StayRow, situation: StaySituation): StayProposal {
  const known = recordedStay(row, situation);
  if (known === undefined) return newStay(row, situation);
  if (row.kind === 'reservation') return known.reserved ? mended(row, known, situation) : same(known);
  return known.reserved ? confirmed(row, known, situation) : mended(row, known, situation);
}

/** The stay that the line stood for before, or one that came in by another door and is plainly the same. */
function recordedStay(row: StayRow, { ledger, linkedId, placeId, taken }: StaySituation): Stay | undefined {
  const linked = ledger.stays.find(({ stayId }) => stayId === linkedId);
  if (linked !== undefined) return linked;
  return ledger.stays.find((stay) => stay.placeId === placeId && !taken.has(stay.stayId) && overlaps(stay, row));
}

function same({ stayId }: Stay): StayProposal {
  return { outcome: 'unchanged', commands: [], targetId: stayId, warnings: [] };
}

function newStay(row: StayRow, situation: StaySituation): StayProposal {
  const { clientId, placeId, onward } = situation;
  const { from, departure } = row;
  // A planned move gives the stay its end by itself; with an end of its own it could not be planned away.
  const until = onward === 'reservation' ? undefined : row.until;
  const made = (...commands: HousingCommand[]): StayProposal => ({ outcome: 'new', commands, warnings: [] });
  if (row.kind === 'reservation') return made({ kind: 'reservation', clientId, placeId, from, until: row.until });
  if (!comesByMove(row, situation)) return made({ kind: 'arrival', clientId, placeId, from, until, departure });
  const move: HousingCommand = { kind: 'move', clientId, placeId, date: from, until };
  return departure && until ? made(move, { kind: 'departure', clientId, date: until, ...departure }) : made(move);
}

function comesByMove({ from }: StayRow, { ledger, placeId, previousStayId }: StaySituation): boolean {
  const previous = ledger.stays.find(({ stayId }) => stayId === previousStayId);
  if (previous === undefined || previous.reserved || previous.placeId === placeId || previous.from >= from)
    return false;
  return previous.until === undefined || (previous.until === from && previous.end?.kind === 'agreed');
}

/** A reservation that the file now has as a stay: the client arrived. */
function confirmed(row: StayRow, known: Stay, { clientId, placeId, onward }: StaySituation): StayProposal {
  const { stayId: reservationId } = known;
  const { from, departure } = row;
  const until = onward === 'reservation' ? undefined : row.until;
  const arrival: HousingCommand = { kind: 'arrival', clientId, placeId, reservationId, from, until };
  const gone: HousingCommand[] = departure && until ? [{ kind: 'departure', clientId, date: until, ...departure }] : [];
  return { outcome: 'change', commands: [arrival, ...gone], targetId: reservationId, warnings: [] };
}

/** The differences between a line and the stay that it stands for. */
function mended(row: StayRow, known: Stay, situation: StaySituation): StayProposal {
  const { clientId, placeId } = situation;
  const { stayId } = known;
  const placed = known.placeId === placeId ? {} : { placeId };
  const started = known.from === row.from ? {} : { from: row.from };
  const end = endOf(row, known, situation);
  const patch = { ...placed, ...started, ...end.patch };
  const reason: CorrectionReason =
    'placeId' in patch ? 'wrong-place' : end.onlyEnd(started) ? 'information-came-later' : 'wrong-date';
  const commands: HousingCommand[] = [
    ...(Object.keys(patch).length === 0 ? [] : [{ kind: 'correction' as const, clientId, stayId, reason, ...patch }]),
    ...end.departure.map((departure) => ({ kind: 'departure' as const, clientId, stayId, ...departure })),
  ];
  const outcome = commands.length > 0 || end.byNextRow ? 'change' : 'unchanged';
  return { outcome, commands, targetId: stayId, warnings: end.warnings };
}

interface EndDifference {
  readonly patch: { until?: CivilDate; departure?: NonNullable<StayRow['departure']> };
  readonly departure: readonly ({ date: CivilDate } & NonNullable<StayRow['departure']>)[];
  /** The end comes about by the row that follows. */
  readonly byNextRow: boolean;
  readonly warnings: StayProposal['warnings'];
  readonly onlyEnd: (started: object) => boolean;
}

function endOf(row: StayRow, known: Stay, { ledger, today, onward }: StaySituation): EndDifference {
  const nothing: EndDifference = {
    patch: {},
    departure: [],
    byNextRow: false,
    warnings: [],
    onlyEnd: (started) => Object.keys(started).length === 0,
  };
  const { until, departure } = row;
  if (until === undefined) {
    const ended = known.until !== undefined && known.end?.kind !== 'move' && !known.reserved;
    return ended
      ? { ...nothing, warnings: [fieldProblem('tot', 'stay-ended-here', { date: known.until ?? '' })] }
      : nothing;
  }
  if (departure !== undefined) {
    if (isSameDeparture(row, known)) return nothing;
    if (isStillOpen(known, ledger, today)) return { ...nothing, departure: [{ date: until, ...departure }] };
    return { ...nothing, patch: { until, departure } };
  }
  if (known.until === until) return nothing;
  if (known.until === undefined && onward !== undefined) return { ...nothing, byNextRow: true };
  return { ...nothing, patch: { until } };
}

function isSameDeparture({ until, departure }: StayRow, { until: ended, end }: Stay): boolean {
  if (until !== ended || end?.kind !== 'departure') return false;
  return end.reason === departure?.reason && end.destination === departure.destination;
}

/** Whether a departure may be recorded as one, rather than as a correction of what was recorded before. */
function isStillOpen({ until, end }: Stay, { stays }: ClientLedger, today: CivilDate): boolean {
  if (until === undefined || end === undefined || end.kind === 'agreed') return true;
  if (end.kind === 'move') return stays.some(({ stayId, reserved }) => reserved && stayId === end.toStayId);
  return until > today;
}
