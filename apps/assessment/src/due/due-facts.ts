import { laterOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type { MeasurementKind } from '#contracts/assessment/codes.js';

interface Fact {
  readonly id: string;
  /** The highest counts when the same thing comes more than once. */
  readonly version: number;
}

/** A time in the chain, from arrival to departure; a move within the chain does not end it. */
export interface PresenceFact extends Fact, DateInterval {
  /** When the arrival became known. */
  readonly knownAt: Date;
  /** It became known from a file: what belongs to it may be in another. */
  readonly isImported?: boolean;
}

/** A temporary leave; without `until` the client is not back yet. */
export interface LeaveFact extends Fact, DateInterval {
  /** When the return, or before it the leave, became known. */
  readonly knownAt: Date;
  /** That became known from a file: what belongs to it may be in another. */
  readonly isImported?: boolean;
}

/** A ZRM that was submitted; as it was corrected, with the instant at which it was first submitted. */
export interface MeasurementFact extends Fact {
  readonly kind: MeasurementKind;
  readonly date: CivilDate;
  readonly submittedAt: Date;
  /** It came from a file: what follows it may be in the next row, or in another file. */
  readonly isImported?: boolean;
}

/** What is known of one client: in any order, and however often each is given. */
export interface DueFacts {
  readonly presence: readonly PresenceFact[];
  readonly leaves: readonly LeaveFact[];
  readonly measurements: readonly MeasurementFact[];
}

/** A time in the chain with what happened in it, each in order of date. */
export interface ChainPeriod {
  readonly presence: PresenceFact;
  readonly leaves: readonly LeaveFact[];
  /** Baseline, periodic and final. */
  readonly observations: readonly MeasurementFact[];
  readonly targets: readonly MeasurementFact[];
}

/** Puts the facts in order: every fact once, in its newest version, in the time in the chain that it belongs to. */
export function chainPeriods({ presence, leaves, measurements }: DueFacts): readonly ChainPeriod[] {
  const periods = connected(newest(presence).sort((a, b) => order(a, b, a.from, b.from)));
  const away = newest(leaves).sort((a, b) => order(a, b, a.from, b.from));
  const filled = newest(measurements).sort((a, b) => order(a, b, a.date, b.date));
  return periods.map((period, index) => {
    const inPeriod = (date: CivilDate) => periods.findLast(({ from }) => from <= date) === periods[index];
    const own = filled.filter(({ date }) => inPeriod(date));
    return {
      presence: period,
      leaves: away.filter(({ from, until }) => inPeriod(from) && (until === undefined || until > from)),
      observations: own.filter(({ kind }) => kind !== 'target'),
      targets: own.filter(({ kind }) => kind === 'target'),
    };
  });
}

function newest<F extends Fact>(facts: readonly F[]): F[] {
  const byId = new Map<string, F>();
  for (const fact of facts) {
    const known = byId.get(fact.id);
    if (known === undefined || known.version < fact.version) byId.set(fact.id, fact);
  }
  return [...byId.values()];
}

function order(a: Fact, b: Fact, dateA: CivilDate, dateB: CivilDate): number {
  return `${dateA} ${a.id}` < `${dateB} ${b.id}` ? -1 : 1;
}

/** Times that follow each other without a day between are one. */
function connected(presence: readonly PresenceFact[]): readonly PresenceFact[] {
  return presence.reduce<readonly PresenceFact[]>((periods, next) => {
    const last = periods.at(-1);
    if (last === undefined) return [next];
    // A time that is still going on takes in whatever is said of later.
    if (last.until === undefined) return periods;
    if (last.until < next.from) return [...periods, next];
    const { until, ...open } = last;
    const both = next.until === undefined ? open : { ...open, until: laterOf(until, next.until) };
    return [...periods.slice(0, -1), both];
  }, []);
}
