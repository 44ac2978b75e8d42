import { randomUUID } from 'node:crypto';
import { connect, headers } from '@nats-io/transport-node';
import type { Caller } from '../libs/contracts/src/caller.ts';
import { startSystem } from '../libs/testing/src/system.ts';
import { openFloor } from './floor.ts';
import { percentile, printEngine, printRatio, printSeries, timed } from './report.ts';

/**
 * Committed housing changes per second, asked of the real service over the broker, against raw acknowledged inserts on the
 * same database in the same run. Facts are published meanwhile. `node bench/housing-changes.ts [changes] [workers]`
 */
const changes = Number(process.argv[2] ?? 1500);
const workers = Number(process.argv[3] ?? 32);
/** Proofs of callers are valid for a minute. */
const PROOF_MS = 30_000;
const operator: Caller = { kind: 'person', personId: 'bench', roles: ['beheerder'], clusterIds: [], clientIds: [] };

const system = await startSystem({ services: ['registration'], logLevel: 'error' });
try {
  const { mongoUrl, natsUrl, secrets } = system.settings;
  const { CallerTokenSigner } = await import('#access/caller-token.js');
  const signer = new CallerTokenSigner(secrets.callerPrivateKey);
  const nats = await connect({ servers: natsUrl });
  const askAs = (caller: Caller) => {
    let proof = signer.sign(caller, 'registration', new Date());
    let signedAt = performance.now();
    return async (pattern: string, data: object): Promise<Map<string, unknown>> => {
      if (performance.now() - signedAt > PROOF_MS) {
        proof = signer.sign(caller, 'registration', new Date());
        signedAt = performance.now();
      }
      const sent = headers();
      sent.set('doorstroom-caller', await proof);
      const packet = JSON.stringify({ pattern, data, id: randomUUID() });
      const answer: unknown = (await nats.request(pattern, packet, { headers: sent, timeout: 30_000 })).json();
      return replyIn(answer);
    };
  };

  const keep = askAs(operator);
  const made = async (subject: string, field: string, data: object) =>
    String((await keep(`registration.structure.${subject}`, data)).get(field));
  const institution = { name: 'De Haven', kind: 'institution' };
  const organisationId = await made('create-organisation', 'organisationId', institution);
  const locationId = await made('create-location', 'locationId', { organisationId, name: 'Kade' });
  const clusterId = await made('create-cluster', 'clusterId', { locationId, name: 'Groep' });
  const manage = askAs({ ...operator, personId: 'bench-manager', roles: ['clientmanager'], organisationId });

  const inserted: number[] = [];
  const floor = await openFloor(mongoUrl, natsUrl);
  const inserts = await perSecond(changes * 2, async () => void inserted.push(await timed(() => floor.insert())));

  const placeIds: string[] = [];
  const clientIds: string[] = [];
  // Places of one cluster guard it together, so that many at once only get in each other's way.
  const makePlace = async (index: number) => {
    const place = {
      clusterId,
      name: `Kamer ${index}`,
      kind: 'opvang',
      zwaarte: 'medium',
      fundingFrame: 'inside-chain',
    };
    placeIds[index] = await made('create-place', 'placeId', place);
  };
  const makeClient = async (index: number) => {
    const client = { familyName: `Bench${letters(index)}`, notADuplicate: true };
    clientIds[index] = String((await manage('registration.clients.create', client)).get('clientId'));
  };
  await Promise.all([perSecond(changes, makePlace, 2), perSecond(changes, makeClient)]);

  const answered: number[] = [];
  const arrivals = await perSecond(changes, async (index) => {
    const change = { clientId: clientIds[index], kind: 'arrival', placeId: placeIds[index], from: '2026-01-05' };
    const request = { ...change, idempotencyKey: `bench-${index}` };
    answered.push(await timed(() => manage('registration.stays.record', request)));
  });
  const again = await perSecond(changes * 2, () => floor.insert());
  await floor.close();
  await nats.drain();

  console.log(`${workers} workers`);
  printEngine(system.engine);
  printSeries('insert acknowledged', inserted);
  printSeries('arrival answered', answered);
  const raw = percentile([inserts, again], 0.5);
  console.log(`inserts ${inserts.toFixed(0)}/s before, ${again.toFixed(0)}/s after; arrivals ${arrivals.toFixed(0)}/s`);
  printRatio('committed changes/s ÷ raw inserts/s', arrivals / raw, '≥ 0.25');
} finally {
  await system.close();
}

/** Does something a number of times with that many workers; gives how often per second. */
async function perSecond(count: number, work: (index: number) => Promise<void>, by = workers): Promise<number> {
  let next = 0;
  const took = await timed(() =>
    Promise.all(
      Array.from({ length: by }, async () => {
        while (next < count) {
          const index = next;
          next += 1;
          await work(index);
        }
      }),
    ),
  );
  return (count * 1000) / took;
}

/** The fields of a reply. @throws Error with the refusal */
function replyIn(packet: unknown): Map<string, unknown> {
  if (typeof packet !== 'object' || packet === null) throw new Error('no reply');
  if ('err' in packet && packet.err) throw new Error(JSON.stringify(packet.err));
  const response = 'response' in packet ? packet.response : undefined;
  return new Map(typeof response === 'object' && response !== null ? Object.entries(response) : []);
}

/** A name without digits. */
function letters(number: number): string {
  return number.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 26)));
}
