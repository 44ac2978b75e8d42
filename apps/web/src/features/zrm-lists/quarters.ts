/** A period of due dates: `from` ≤ date < `until`. */
export interface FigurePeriod {
  /** As it stands in the address: `2026-3`, or what still runs. */
  readonly key: string;
  readonly from: string;
  readonly until: string;
}

/** Quarters that can be looked back at. */
const LOOKS_BACK = 8;

/**
 * The periods that figures can be asked of, newest first. Who sees aggregates only gets quarters that are over: from what
 * still changes every day, one could read what a single client did (domain.md §2, beleid).
 */
export function figurePeriods(day: string, quartersOnly: boolean): readonly [FigurePeriod, ...FigurePeriod[]] {
  const current = quarterOf(day);
  const over = Array.from({ length: LOOKS_BACK }, (_, index) => quarterAt(current - index - 1));
  if (quartersOnly) return [quarterAt(current - 1), ...over.slice(1)];
  const year = { key: 'jaar', from: `${day.slice(0, 4)}-01-01`, until: `${Number(day.slice(0, 4)) + 1}-01-01` };
  return [{ ...quarterAt(current), key: 'nu' }, ...over, year];
}

/** Quarters since the beginning of our era. */
function quarterOf(day: string): number {
  return Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
}

function quarterAt(count: number): FigurePeriod {
  const [year, quarter] = [Math.floor(count / 4), count % 4];
  return { key: `${year}-${quarter + 1}`, from: startOf(count), until: startOf(count + 1) };
}

function startOf(count: number): string {
  return `${Math.floor(count / 4)}-${String((count % 4) * 3 + 1).padStart(2, '0')}-01`;
}
