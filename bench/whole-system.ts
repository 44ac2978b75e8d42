import { startSystem } from '../libs/testing/src/system.ts';
import type { HousingChangeRecorded } from '../libs/contracts/src/registration/stays.ts';
import { LiveInbox } from '../test/support/live-inbox.ts';
import { inDays } from '../test/support/days.ts';
import { makeWorld } from '../test/support/world.ts';
import { openFloor } from './floor.ts';
import { percentile, printEngine, printRatio, printSeries, timed } from './report.ts';

/**
 * What the whole system bears on one machine: housing changes through HTTP by many people at the same time, each told on
 * an open page and logged in the chain, against raw acknowledged inserts by as many writers.
 * `node bench/whole-system.ts [changes]`
 */
const changes = Number(process.argv[2] ?? 1_000);
const PEOPLE = 16;
const PER_CLIENT = 10;
const WARM_UP = PEOPLE * PER_CLIENT;
const clients = Math.ceil((changes + WARM_UP) / PER_CLIENT);
const system = await startSystem({ logLevel: 'warn' });
try {
  printEngine(system.engine);
  const world = await makeWorld(system, { places: clients * 2, clients });
  const manager = await world.as('samira');
  const inbox = new LiveInbox(system.publicUrl, await world.tokenOf('noor'));
  await inbox.open();
  const answered: number[] = [];
  const made: HousingChangeRecorded[] = [];
  let nextClient = 0;

  await changeAll(WARM_UP);
  answered.length = 0;
  const took = await timed(() => changeAll(changes));
  const untilTold = await timed(() =>
    Promise.all(made.map(({ clientId, version }) => inbox.untilArrival(clientId, version))),
  );
  inbox.breakOff();
  const floor = await openFloor(system.settings.mongoUrl, system.settings.natsUrl);
  const inserted = await timed(() =>
    Promise.all(
      Array.from({ length: PEOPLE }, async () => {
        for (let count = 0; count < changes / PEOPLE; count += 1) await floor.insert();
      }),
    ),
  );
  await floor.close();

  const [ours, raw] = [(changes * 1_000) / took, (changes * 1_000) / inserted];
  printSeries(`change answered, ${PEOPLE} people`, answered);
  console.log(`all told ${(untilTold / 1_000).toFixed(1)} s after the last answer`);
  console.log(
    `whole system ${ours.toFixed(0)}/s, p50 ${percentile(answered, 0.5).toFixed(0)} ms; inserts ${raw.toFixed(0)}/s`,
  );
  printRatio('changes through the whole system ÷ inserts', ours / raw, 'none: every step on one machine');

  /** Every person takes the next client and moves them about, until there were that many changes. */
  async function changeAll(count: number): Promise<void> {
    const last = nextClient + Math.ceil(count / PER_CLIENT);
    await Promise.all(
      Array.from({ length: PEOPLE }, async () => {
        while (nextClient < last) {
          const client = nextClient;
          nextClient += 1;
          for (let move = 0; move < PER_CLIENT; move += 1) await change(client, move);
        }
      }),
    );
  }

  async function change(client: number, move: number): Promise<void> {
    const placeId = world.placeIds[client * 2 + (move % 2)];
    const date = inDays(move - 30);
    const body = move === 0 ? { kind: 'arrival', placeId, from: date } : { kind: 'move', placeId, date };
    const path = `/v1/clients/${world.clientIds[client] ?? ''}/housing-changes`;
    answered.push(await timed(async () => made.push(await manager.post<HousingChangeRecorded>(path, body))));
  }
} finally {
  await system.close();
}
