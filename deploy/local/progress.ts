const STILL_BUSY_MS = 5_000;

/** Shows the steps of a command with the time that each takes. */
export class Progress {
  readonly #since = performance.now();

  /** Does one step; a step of more than five seconds shows that it is still busy. */
  async step<T>(title: string, work: (say: (line: string) => void) => Promise<T>): Promise<T> {
    const since = performance.now();
    const timer = setInterval(() => {
      console.log(`  … ${title} (${seconds(since)})`);
    }, STILL_BUSY_MS);
    try {
      const result = await work((line) => {
        console.log(`  … ${line}`);
      });
      console.log(`  ${title.padEnd(44)} ${seconds(since).padStart(7)}`);
      return result;
    } finally {
      clearInterval(timer);
    }
  }

  /** The time since the command began, e.g. `12.3 s`. */
  get total(): string {
    return seconds(this.#since);
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
