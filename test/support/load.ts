import { plusDays } from '../../examples/dates.ts';
import type { Api } from '../../examples/api.ts';
import type { OutsideLedger } from './outside-ledger.ts';
import { pause } from './power.ts';
import type { World } from './world.ts';

/** A load of housing changes that goes on until it is told to end. */
export interface Load {
  /** Ends the load and waits for the answers to what was asked. */
  end(): Promise<void>;
}

const FIRST_DAY = '2024-06-01';

/**
 * Every client of the world moves between two places of their own, a day later each time; every fourth request is one
 * that must be refused. The world needs two places per client.
 * @param thinkingMs between two requests about one client
 * @param ledger what was asked before, when the load goes on where an earlier one ended
 */
export async function startLoad(world: World, thinkingMs: number, ledger: OutsideLedger): Promise<Load> {
  const manager = await world.as('samira');
  let running = true;
  const moving = world.clientIds.map((clientId, index) => {
    const [first = '', second = ''] = world.placeIds.slice(index * 2, index * 2 + 2);
    return moveAround(manager, clientId, first, second);
  });
  return {
    end: async () => {
      running = false;
      await Promise.all(moving);
    },
  };

  async function moveAround(api: Api, clientId: string, first: string, second: string): Promise<void> {
    // The ledger of a client tells how often they moved, and with that where they are and since when.
    let moves = ledger.accepted.filter((change) => change.clientId === clientId).length;
    const placeAt = (count: number): string => (count % 2 === 0 ? second : first);
    if (moves === 0) {
      await ledger.send(api, clientId, { kind: 'arrival', placeId: first, from: FIRST_DAY });
      moves = 1;
    }
    for (let step = 1; running && step < 800; step += 1) {
      await pause(thinkingMs);
      if (step % 4 === 0) {
        const date = plusDays(FIRST_DAY, moves);
        await ledger.send(api, clientId, { kind: 'arrival', placeId: placeAt(moves + 1), from: date });
        continue;
      }
      await ledger.send(api, clientId, { kind: 'move', placeId: placeAt(moves + 1), date: plusDays(FIRST_DAY, moves) });
      moves += 1;
    }
  }
}
