import { startSystem } from '../libs/testing/src/system.ts';
import type { HousingChangeRecorded } from '../libs/contracts/src/registration/stays.ts';
import { LiveInbox } from '../test/support/live-inbox.ts';
import { inDays } from '../test/support/days.ts';
import { makeWorld } from '../test/support/world.ts';
import { openFloor } from './floor.ts';
import { listenAlong } from './listen-along.ts';
import { percentile, printEngine, printRatio, printSeries } from './report.ts';

/**
 * From sending a housing change to its melding on somebody's open page, against the floor of the same durable steps done
 * by hand. Both take turns in one run, so that whatever else the machine does weighs on both.
 * `node bench/melding-latency.ts [changes]`
 */
const changes = Number(process.argv[2] ?? 400);
/** Changes per client: as many as somebody may enter at once, and few enough for one melding. */
const PER_CLIENT = 10;
const WARM_UP = 40;
const clients = Math.ceil((changes + WARM_UP) / PER_CLIENT);
const system = await startSystem({ logLevel: 'warn' });
try {
  printEngine(system.engine);
  const world = await makeWorld(system, { places: clients * 2, clients });
  const manager = await world.as('samira');
  const inbox = new LiveInbox(system.publicUrl, await world.tokenOf('noor'));
  await inbox.open();
  const floor = await openFloor(system.settings.mongoUrl, system.settings.natsUrl);
  const along = await listenAlong(system.settings.natsUrl);

  const answered: number[] = [];
  const published: number[] = [];
  const stored: number[] = [];
  const readable: number[] = [];
  const steps: number[] = [];
  for (let index = 0; index < changes + WARM_UP; index += 1) {
    const [client, move] = [Math.floor(index / PER_CLIENT), index % PER_CLIENT];
    const clientId = world.clientIds[client] ?? '';
    const placeId = world.placeIds[client * 2 + (move % 2)];
    const date = inDays(move - 30);
    const body = move === 0 ? { kind: 'arrival', placeId, from: date } : { kind: 'move', placeId, date };
    const since = performance.now();
    const path = `/v1/clients/${clientId}/housing-changes`;
    const { version } = await manager.post<HousingChangeRecorded>(path, body, { key: `bench-${index}` });
    const answeredAt = performance.now();
    const at = await inbox.untilArrival(clientId, version);
    const step = await floor.changeToMelding();
    if (index < WARM_UP) continue;
    answered.push(answeredAt - since);
    published.push(along.publishedAt(clientId) - since);
    stored.push(along.storedAt() - since);
    readable.push(at - since);
    steps.push(step);
  }
  inbox.breakOff();
  await floor.close();
  await along.close();

  printSeries('change answered', answered);
  printSeries('change → fact on its way', published);
  printSeries('change → melding stored', stored);
  printSeries('change → melding on the open page', readable);
  printSeries('floor: the same durable steps by hand', steps);
  printRatio('p50 ÷ floor', percentile(readable, 0.5) / percentile(steps, 0.5), '≤ 4');
  printRatio('p99 ÷ floor', percentile(readable, 0.99) / percentile(steps, 0.99), '≤ 4');
} finally {
  await system.close();
}
