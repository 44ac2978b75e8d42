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
 * The periods that figures can be asked of, newest first. Who sees aggregates only gets quarters that were fixed, a month
 * after their end: from what still changes every day, one could read what a single client did (domain.md §2, beleid).
 */
export function figurePeriods(day: string, fixedOnly: boolean): readonly [FigurePeriod, ...FigurePeriod[]] {
  const current = quarterOf(day);
  const last = fixedOnly ? nextFixed(day) - 1 : current - 1;
  const over = Array.from({ length: LOOKS_BACK }, (_, index) => quarterAt(last - index));
  if (fixedOnly) return [quarterAt(last), ...over.slice(1)];
  const year = { key: 'jaar', from: `${day.slice(0, 4)}-01-01`, until: `${Number(day.slice(0, 4)) + 1}-01-01` };
  return [{ ...quarterAt(current), key: 'nu' }, ...over, year];
}

/** The quarter that is fixed next, and on which day: one calendar month after its end. */
export function nextFixedQuarter(day: string): { readonly quarter: FigurePeriod; readonly on: string } {
  const quarter = quarterAt(nextFixed(day));
  const month = Number(quarter.until.slice(5, 7)) + 1;
  return { quarter, on: `${quarter.until.slice(0, 5)}${String(month).padStart(2, '0')}-01` };
}

/** In the first month of a quarter the one before it is still waited for. */
function nextFixed(day: string): number {
  return Number(day.slice(5, 7)) % 3 === 1 ? quarterOf(day) - 1 : quarterOf(day);
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
