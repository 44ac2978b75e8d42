import { afterAll, beforeAll, describe } from '@jest/globals';
import { Stage } from './stage.ts';

/** What people do from beginning to end; the stage is there once its tests run. */
type Journey = (stage: () => Stage) => void;

/** Journeys one after the other, in a real browser on one real system. Each new state is looked at with axe. */
export function play(name: string, journeys: readonly Journey[]): void {
  describe(name, () => {
    let stage: Stage | undefined;
    const running = (): Stage => {
      if (stage === undefined) throw new Error('the system has not started');
      return stage;
    };

    beforeAll(async () => {
      stage = await Stage.start();
    }, 180_000);

    afterAll(async () => stage?.close(), 60_000);

    for (const journey of journeys) journey(running);
  });
}
