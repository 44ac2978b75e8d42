import { randomUUID } from 'node:crypto';
import { connect, headers } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import type { Caller } from '../libs/contracts/src/caller.ts';
import { startSystem } from '../libs/testing/src/system.ts';
import { percentile, printEngine, printRatio, printSeries, timed } from './report.ts';

/**
 * A page of clients by how they stand or what is late, and how many each list has, asked of the real service over the broker:
 * as fast with 100,000 clients as with 1,000, because an institution has as many either way (issue "ZRM"). And the figures of
 * timeliness, for which every client is looked at once. `node bench/zrm-lists.ts [clients] [pages]`
 */
const most = Number(process.argv[2] ?? 100_000);
const pages = Number(process.argv[3] ?? 300);
const FEW = 1_000;
const PER_INSTITUTION = 200;
const BATCH = 2_000;
const WARM_UP = 150;
const LISTS = ['changed', 'no-target', 'late', 'all'];

const system = await startSystem({ services: ['assessment'], logLevel: 'error' });
try {
  const { mongoUrl, natsUrl, databasePrefix, secrets } = system.settings;
  const { CallerTokenSigner } = await import('#access/caller-token.js');
  const signer = new CallerTokenSigner(secrets.callerPrivateKey);
  const nats = await connect({ servers: natsUrl });
  const database = await mongoose
    .createConnection(mongoUrl, { dbName: `${databasePrefix}doorstroom_assessment` })
    .asPromise();

  const request = async (institution: number, pattern: string, data: object): Promise<unknown> => {
    const caller: Caller = {
      kind: 'person',
      personId: 'bench',
      roles: ['clientmanager'],
      organisationId: `institution-${institution}`,
      clusterIds: [],
      clientIds: [],
    };
    const sent = headers();
    sent.set('doorstroom-caller', await signer.sign(caller, 'assessment', new Date()));
    const packet = JSON.stringify({ pattern, data, id: randomUUID() });
    return (await nats.request(pattern, packet, { headers: sent, timeout: 60_000 })).json();
  };
  const ask = async (institution: number, list: string): Promise<number> =>
    itemsIn(await request(institution, 'assessment.clients.list', { list, limit: 50 }));

  let there = 0;
  const fillTo = async (count: number): Promise<void> => {
    for (; there < count; there += BATCH) {
      const size = Math.min(BATCH, count - there);
      const numbers = Array.from({ length: size }, (_, index) => there + index);
      const [clients, plans] = [numbers.map(clientDocument), numbers.map(planDocument)];
      await database.collection<{ _id: string }>('clients').insertMany(clients, { ordered: false });
      await database.collection<{ _id: string }>('due_plans').insertMany(plans, { ordered: false });
      if (size < BATCH) {
        there += size;
        return;
      }
    }
  };

  const measure = async (): Promise<number[]> => {
    const samples: number[] = [];
    for (let index = 0; index < WARM_UP + pages; index += 1) {
      const list = LISTS[index % LISTS.length] ?? 'all';
      const took = await timed(async () => {
        if ((await ask(index % (FEW / PER_INSTITUTION), list)) !== 50) throw new Error('a page is not full');
      });
      if (index >= WARM_UP) samples.push(took);
    }
    return samples;
  };

  const countAll = async (): Promise<number[]> => {
    const samples: number[] = [];
    for (let index = 0; index < pages / 4; index += 1) {
      const counts = () => request(index % (FEW / PER_INSTITUTION), 'assessment.clients.counts', {});
      samples.push(await timed(async () => mustHold(await counts(), 'late', PER_INSTITUTION)));
    }
    return samples;
  };

  printEngine(system.engine);
  await fillTo(FEW);
  const few = await measure();
  printSeries(`page of 50, ${FEW} clients`, few);
  const fewCounts = await countAll();
  printSeries(`counts of all lists, ${FEW} clients`, fewCounts);
  await fillTo(most);
  const many = await measure();
  printSeries(`page of 50, ${most} clients`, many);
  printRatio('latency of a page, many ÷ few (p50)', percentile(many, 0.5) / percentile(few, 0.5), '≤ 1.3');
  const manyCounts = await countAll();
  printSeries(`counts of all lists, ${most} clients`, manyCounts);
  printRatio('counts, many ÷ few (p50)', percentile(manyCounts, 0.5) / percentile(fewCounts, 0.5), '≤ 1.3');
  const year = { from: '2025-01-01', until: '2026-01-01' };
  const first = await timed(() => request(0, 'assessment.timeliness.get', year));
  const again = await timed(() => request(0, 'assessment.timeliness.get', year));
  printSeries(`figures of a year, ${most} clients, reckoned`, [first]);
  printSeries(`figures of a year, ${most} clients, again`, [again]);
  await database.close();
  await nats.drain();
} finally {
  await system.close();
}

/** A client as the service keeps one, with a drop in the latest ZRM and without a target. */
function clientDocument(index: number) {
  const organisationId = `institution-${Math.floor(index / PER_INSTITUTION)}`;
  const clusterId = `${organisationId}-cluster`;
  const day = String(1 + (index % 28)).padStart(2, '0');
  const finding = { kind: 'drop', ruleId: 'drop-of-one', domain: 'housing', from: 3, to: 2 };
  return {
    _id: `client-${index}`,
    version: 1,
    factsTold: 2,
    findingsTold: [],
    known: {
      clientId: `client-${index}`,
      housingVersion: 1,
      recordVersion: 1,
      presence: [],
      leaves: [],
      relatedOrganisationIds: [organisationId],
      relatedClusterIds: [clusterId],
    },
    standing: {
      place: { organisationId, clusterId, since: `2025-01-${day}` },
      lacks: ['target'],
      latest: { measurementId: `zrm-${index}`, kind: 'periodic', date: `2025-07-${day}` },
      hasParticulars: false,
      direction: 'down',
      targetsSet: 0,
      targetsReached: 0,
      findings: [{ ...finding, before: '2025-04-01', since: `2025-07-${day}` }],
      settingsVersion: 0,
    },
    due: {
      open: [{ dueId: `periodic:${index}`, kind: 'periodic', dueOn: `2025-10-${day}`, ...since(day) }],
      held: false,
      firstOn: `2025-10-${day}`,
    },
  };
}

function since(day: string) {
  return { countedBy: 'previous-zrm', countedFrom: `2025-07-${day}` };
}

/** What fell due of a client in a year: four ZRMs, of which the last is still open. */
function planDocument(index: number) {
  const organisationId = `institution-${Math.floor(index / PER_INSTITUTION)}`;
  const day = String(1 + (index % 28)).padStart(2, '0');
  const moments = ['01', '04', '07', '10'].map((month) => {
    const base = { kind: 'periodic', dueOn: `2025-${month}-${day}`, organisationId };
    return month === '10' ? base : { ...base, metOn: `2025-${month}-28` };
  });
  return {
    _id: `client-${index}`,
    memory: { reminded: [], passed: [] },
    history: { moments, times: [{ organisationId, from: '2025-01-01', baselineOn: '2025-01-01' }] },
    nextAt: null,
    told: 0,
    settingsVersion: 0,
    version: 1,
  };
}

/** @throws Error with the reply when a count in it is another one */
function mustHold(packet: unknown, field: string, expected: number): void {
  const isRight =
    typeof packet === 'object' &&
    packet !== null &&
    'response' in packet &&
    JSON.stringify(packet.response).includes(`"${field}":${expected}`);
  if (!isRight) throw new Error(JSON.stringify(packet));
}

/** How many items a reply holds. @throws Error with the refusal */
function itemsIn(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null || !('response' in packet)) throw new Error(JSON.stringify(packet));
  const { response } = packet;
  if (typeof response !== 'object' || response === null || !('items' in response)) throw new Error('no items');
  return Array.isArray(response.items) ? response.items.length : 0;
}
