import type {
  ChainLeave,
  ChainOrganisation,
  ChainPeriod,
  HousingSituationChanged,
} from '#contracts/registration/facts.js';
import { endsInReservation, leaveInterval } from './housing-reading.js';
import type { Stay } from './housing-types.js';
import { inOrder } from './stay-edits.js';

/** The newest that a fact tells, so that it stays below its 64 KB. */
const MOST_PERIODS = 50;
const MOST_LEAVES = 200;

/**
 * When a client was and is in the chain, and on leave: what other services have to know to reckon with dates (domain.md
 * §4). Told whole with each change, so that a correction needs no second reckoning elsewhere.
 */
export function chainPresence(stays: readonly Stay[]): Required<Pick<HousingSituationChanged, 'presence' | 'leaves'>> {
  const confirmed = inOrder(stays.filter(({ reserved }) => !reserved)).map((stay) => asItGoesOn(stay, stays));
  return {
    presence: periodsOf(confirmed).slice(-MOST_PERIODS),
    leaves: leavesOf(confirmed).slice(-MOST_LEAVES),
  };
}

/** A planned move that nobody confirmed does not end the stay: the client is taken to be where they were. */
function asItGoesOn(stay: Stay, stays: readonly Stay[]): Stay {
  if (!endsInReservation(stay, stays)) return stay;
  const { until: _planned, ...open } = stay;
  return open;
}

function periodsOf(stays: readonly Stay[]): ChainPeriod[] {
  const periods: ChainPeriod[] = [];
  for (const { stayId, from, until, clusterId, organisationId } of stays) {
    const last = periods.at(-1);
    const goesOn = last !== undefined && (last.until === undefined || last.until >= from);
    if (goesOn) periods.pop();
    const began = goesOn
      ? { stayId: last.stayId, from: last.from, ...institutionsOf(last, { from, organisationId }) }
      : { stayId, from };
    periods.push({ ...began, ...(until === undefined ? {} : { until }), clusterId, organisationId });
  }
  return periods;
}

/** The institutions of a time in the chain that goes on at one: told as soon as there is another than before. */
function institutionsOf(last: ChainPeriod, next: ChainOrganisation): Pick<ChainPeriod, 'organisations'> {
  const { organisations } = last;
  if (last.organisationId === next.organisationId) return organisations === undefined ? {} : { organisations };
  const before = organisations ?? [{ from: last.from, organisationId: last.organisationId }];
  return { organisations: [...before, next].slice(-MOST_PERIODS) };
}

/** A leave that runs on over a move is one; the last stay says how it ended. */
function leavesOf(stays: readonly Stay[]): ChainLeave[] {
  const leaves = new Map<string, ChainLeave>();
  for (const stay of stays) {
    for (const leave of stay.leaves) {
      const { leaveId } = leave;
      const from = leaves.get(leaveId)?.from ?? leave.from;
      const { until } = leaveInterval(stay, leave);
      leaves.set(leaveId, { leaveId, from, ...(until === undefined ? {} : { until }) });
    }
  }
  return [...leaves.values()];
}
