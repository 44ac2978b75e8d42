/** Civil dates as text, for the examples only: they are loaded through the real doors, which have the real rules. */

/** A date some days later (or earlier). */
export function plusDays(date: string, days: number): string {
  const moved = new Date(`${date}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** As people in the Netherlands write it: `3-11-2026`. */
export function dutchDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)}-${Number(month)}-${year}`;
}
