/** Between one refresh and the next. */
const PAUSE_MS = 100;

/**
 * Asks again for what is shown, however often it is told to. The first time at once; whatever comes until that is answered
 * and a moment after it leads to one more, so that a thousand changes in a row neither flood the service nor break off each
 * answer before it is there.
 */
export class Refresher {
  readonly #refresh: () => Promise<unknown>;
  #isBusy = false;
  #isAskedAgain = false;

  /** @param refresh answers when what was asked for is there, or could not be had */
  constructor(refresh: () => Promise<unknown>) {
    this.#refresh = refresh;
  }

  ask(): void {
    this.#isAskedAgain = true;
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      await this.#refresh();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#isBusy = false;
  }
}
