import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { startSystem } from '../libs/testing/src/system.ts';
import { waitFor } from '../libs/testing/src/wait-for.ts';
import { openFloor } from './floor.ts';
import { percentile, printEngine, printRatio, timed } from './report.ts';

/**
 * Entries of the access log per second that one process of audit puts into the chain, from facts that wait at the broker,
 * against raw acknowledged inserts on the same database in the same run. The chain is verified at the end.
 * `node bench/audit-log.ts [entries] [accesses that a fact tells]`
 */
const entries = Number(process.argv[2] ?? 6_000);
const together = Number(process.argv[3] ?? 1);
const WRITERS = 16;
const CLIENTS = 200;
const system = await startSystem({ services: ['audit'], logLevel: 'warn' });
try {
  const { mongoUrl, natsUrl, databasePrefix, secrets } = system.settings;
  const nats = await connect({ servers: natsUrl });
  const js = jetstream(nats);
  const mongo = await new MongoClient(mongoUrl).connect();
  const heads = mongo
    .db(`${databasePrefix}doorstroom_audit`)
    .collection<{ _id: string; sequence: number }>('access_head');
  const floor = await openFloor(mongoUrl, natsUrl);

  await publish(500);
  await chained(500);
  const before = await insertsPerSecond();
  // Published while nobody takes them, so that the rate is that of the log and not of the publisher.
  const audit = system.part('audit');
  await audit.stop();
  await publish(entries);
  await audit.restart();
  const from = await sequence();
  const begin = performance.now();
  await chained(500 + entries);
  const ours = ((500 + entries - from) * 1_000) / (performance.now() - begin);
  const after = await insertsPerSecond();

  printEngine(system.engine);
  const raw = percentile([before, after], 0.5);
  console.log(
    `inserts ${before.toFixed(0)}/s before, ${after.toFixed(0)}/s after; entries ${ours.toFixed(0)}/s in the chain`,
  );
  printRatio('entries in the chain/s ÷ raw inserts/s', ours / raw, '≥ 0.5');
  await floor.close();
  await mongo.close();
  await nats.close();
  const verify = spawn(process.execPath, ['dist/apps/audit/src/verify.js'], {
    env: {
      PATH: process.env['PATH'],
      MONGO_URL: mongoUrl,
      DATABASE_PREFIX: databasePrefix,
      AUDIT_SEAL_KEY: secrets.auditSealKey,
    },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const [code] = (await once(verify, 'close')) as [number | null];
  if (code !== 0) throw new Error('the chain is not intact');

  async function publish(count: number): Promise<void> {
    const accesses = Array.from({ length: count }, (_, index) => accessOf(`client-${index % CLIENTS}`));
    const all = together === 1 ? accesses : inFactsOf(together, accesses);
    const subject = `access.audit.access-logged.v${together === 1 ? 1 : 2}`;
    for (let start = 0; start < all.length; start += 500) {
      const some = all.slice(start, start + 500);
      await Promise.all(some.map((event) => js.publish(subject, JSON.stringify(event))));
    }
  }

  async function sequence(): Promise<number> {
    return (await heads.findOne({ _id: 'head' }))?.sequence ?? 0;
  }

  async function chained(count: number): Promise<void> {
    await waitFor(async () => (await sequence()) >= count, {
      timeout: 240_000,
      interval: 20,
      what: `${count} entries`,
    });
  }

  async function insertsPerSecond(): Promise<number> {
    const count = 2_000;
    const took = await timed(() =>
      Promise.all(
        Array.from({ length: WRITERS }, async () => {
          for (let done = 0; done < count / WRITERS; done += 1) await floor.insert();
        }),
      ),
    );
    return (count * 1_000) / took;
  }
} finally {
  await system.close();
}

/** The same accesses, several in one fact. */
function inFactsOf(size: number, accesses: readonly ReturnType<typeof accessOf>[]): object[] {
  return Array.from({ length: Math.ceil(accesses.length / size) }, (_, index) => {
    const some = accesses.slice(index * size, (index + 1) * size);
    const [first] = some;
    const data = { accesses: some.map((one) => ({ ...one.data, accessId: one.id })) };
    return { ...first, id: randomUUID(), type: 'nl.doorstroom.audit.access-logged.v2', data };
  });
}

/** Somebody read one client's file, as registration tells it. */
function accessOf(clientId: string) {
  const at = new Date().toISOString();
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'urn:nld:doorstroom:registration',
    type: 'nl.doorstroom.audit.access-logged.v1',
    subject: clientId,
    time: at,
    datacontenttype: 'application/json',
    partitionkey: clientId,
    sequence: '0',
    data: {
      at,
      actorId: 'bench-person',
      actorKind: 'person',
      actorRoles: ['trajectregisseur'],
      actorOrganisationId: 'ggd',
      action: 'read',
      operation: 'registration.clients.get',
      subjects: [{ clientId, ground: 'own-caseload' }],
      emergency: false,
      correlationId: randomUUID().replaceAll('-', ''),
    },
  };
}
