/** Percentiles and ratios as every bench prints them. */

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Times one piece of work, milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** One line per series: p50 and p99 in milliseconds. */
export function printSeries(name: string, samples: readonly number[]): void {
  const [p50, p99] = [percentile(samples, 0.5), percentile(samples, 0.99)];
  console.log(`${name.padEnd(44)} p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   (${samples.length}×)`);
}

/** A ratio with its aim, so that a reader sees at once what was reached. */
export function printRatio(name: string, value: number, aim: string): void {
  console.log(`${name.padEnd(44)} ${value.toFixed(2)}   (aim ${aim})`);
}

/** Which database engine the numbers are of: nothing says more about them. */
export function printEngine(flavour: string): void {
  console.log(`database engine: ${flavour}`);
}
