const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A process that ran this long had started well: its next crash counts as the first. */
const SETTLED_MS = 60_000;

/** Milliseconds to wait before start number `crashes` after as many crashes in a row: 0.5 s, 1 s, 2 s … 30 s. */
export function restartDelay(crashes: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (crashes - 1));
}

/** How many crashes in a row there are, now that a process crashed which had run for `ranMs` milliseconds. */
export function crashesInARow(before: number, ranMs: number): number {
  return ranMs >= SETTLED_MS ? 1 : before + 1;
}
