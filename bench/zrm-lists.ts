import { randomUUID } from 'node:crypto';
import { connect, headers } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import type { Caller } from '../libs/contracts/src/caller.ts';
import { startSystem } from '../libs/testing/src/system.ts';
import { percentile, printEngine, printRatio, printSeries, timed } from './report.ts';

/**
 * A page of clients by how they stand, asked of the real service over the broker: as fast with 100,000 clients as with
 * 1,000, because an institution has as many either way (issue "ZRM"). `node bench/zrm-lists.ts [clients] [pages]`
 */
const most = Number(process.argv[2] ?? 100_000);
const pages = Number(process.argv[3] ?? 300);
const FEW = 1_000;
const PER_INSTITUTION = 200;
const BATCH = 2_000;
const WARM_UP = 150;
const LISTS = ['changed', 'no-target', 'all'];

const system = await startSystem({ services: ['assessment'], logLevel: 'error' });
try {
  const { mongoUrl, natsUrl, databasePrefix, secrets } = system.settings;
  const { CallerTokenSigner } = await import('#access/caller-token.js');
  const signer = new CallerTokenSigner(secrets.callerPrivateKey);
  const nats = await connect({ servers: natsUrl });
  const database = await mongoose
    .createConnection(mongoUrl, { dbName: `${databasePrefix}doorstroom_assessment` })
    .asPromise();

  const ask = async (institution: number, list: string): Promise<number> => {
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
    const pattern = 'assessment.clients.list';
    const packet = JSON.stringify({ pattern, data: { list, limit: 50 }, id: randomUUID() });
    const reply: unknown = (await nats.request(pattern, packet, { headers: sent, timeout: 30_000 })).json();
    return itemsIn(reply);
  };

  let there = 0;
  const fillTo = async (count: number): Promise<void> => {
    for (; there < count; there += BATCH) {
      const size = Math.min(BATCH, count - there);
      const documents = Array.from({ length: size }, (_, index) => clientDocument(there + index));
      await database.collection<{ _id: string }>('clients').insertMany(documents, { ordered: false });
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

  printEngine(system.engine);
  await fillTo(FEW);
  const few = await measure();
  printSeries(`page of 50, ${FEW} clients`, few);
  await fillTo(most);
  const many = await measure();
  printSeries(`page of 50, ${most} clients`, many);
  printRatio('latency of a page, many ÷ few (p50)', percentile(many, 0.5) / percentile(few, 0.5), '≤ 1.3');
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
  };
}

/** How many items a reply holds. @throws Error with the refusal */
function itemsIn(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null || !('response' in packet)) throw new Error(JSON.stringify(packet));
  const { response } = packet;
  if (typeof response !== 'object' || response === null || !('items' in response)) throw new Error('no items');
  return Array.isArray(response.items) ? response.items.length : 0;
}
