import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ClientAccess, LogVerification } from '../../libs/contracts/src/audit/access-log.ts';
import type { DeadLetter } from '../../libs/contracts/src/dead-letters.ts';
import type { ClientHousing } from '../../libs/contracts/src/registration/stays.ts';
import { startLoad } from '../support/load.ts';
import { startReading } from '../support/reading.ts';
import { allTold, inSortedOrder, zrmsToldTo } from '../support/meldingen.ts';
import { type Accepted, OutsideLedger } from '../support/outside-ledger.ts';
import { bringBack, pause } from '../support/power.ts';
import { makeWorld, type World } from '../support/world.ts';
import { type AcceptedZrm, startZrmLoad } from '../support/zrm-load.ts';

const SERVICES = ['registration', 'assessment', 'notifications', 'gateway', 'audit'];
/** 25 kills of services and 27 of engines. */
const SERVICE_KILLS = 25;
const ENGINE_KILLS = 27;
const CLIENTS = 8;
/** Between two requests about one client; the kills are what is tried here, not how much the machine bears. */
const THINKING_MS = 100;
/** Clients whose ZRMs are filled in meanwhile, and the pause between two of one client. */
const ZRM_CLIENTS = 4;
const ZRM_THINKING_MS = 600;
/** How many read one file at the same moment, and how long they look at it. */
const READERS = 6;
const READING_MS = 700;
const MINUTE = 60_000;

/**
 * Power cuts under load (issue "Shown by"): each accepted change has exactly one melding, refused ones none, in the order
 * of the changes of each client; and exactly one line in the access log, whose chain is whole. Each read that was shown
 * something has one line too, and each ZRM that gives reason to talk has one melding, in the order of the ZRMs.
 */
describe('more than fifty power cuts under load', () => {
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: CLIENTS * 2, clients: CLIENTS });
  }, 5 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  it(
    'lose nothing, double nothing and keep the order of each client',
    async () => {
      const ledger = new OutsideLedger();
      const load = await startLoad(world, THINKING_MS, ledger);
      const zrms = await startZrmLoad(world, ZRM_CLIENTS, ZRM_THINKING_MS);
      const [readClientId = ''] = world.clientIds;
      const reading = startReading(await world.as('samira'), readClientId, READERS, READING_MS);
      // An engine may be away while a service starts, as it may be in a real power cut.
      const kills = await Promise.all([
        cutInTurn(SERVICES, SERVICE_KILLS, 300),
        cutInTurn(isOwnDatabase() ? ['nats', 'redis', 'mongo'] : ['nats', 'redis'], ENGINE_KILLS, 900),
      ]);
      await Promise.all([load.end(), reading.end(), zrms.end()]);
      const { accepted, refused, unanswered } = ledger;
      const inbox = await allTold(await world.as('noor'), accepted.length);
      const total = kills.reduce((sum, count) => sum + count);
      console.info(`${total} kills: ${accepted.length} accepted, ${refused.length} refused, ${unanswered} asked again`);
      expect(accepted.length).toBeGreaterThan(50);
      expect(refused.length).toBeGreaterThan(10);
      expect(inSortedOrder(inbox)).toEqual(inSortedOrder(accepted));
      const manager = await world.as('samira');
      for (const clientId of world.clientIds) {
        const versions = inbox.filter((told) => told.clientId === clientId).map(({ version }) => version);
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
        const housing = await manager.get<ClientHousing>(`/v1/clients/${clientId}/housing`);
        expect(housing.changes.map(({ changeId }) => changeId).sort()).toEqual(changesOf(clientId).sort());
        const ofClient = accepted.filter((change) => change.clientId === clientId);
        await isLoggedOnce(ofClient, clientId);
      }
      expect(zrms.accepted.length).toBeGreaterThan(20);
      await areToldOnce(zrms.accepted);
      expect(reading.shown.size).toBeGreaterThan(50);
      await areLoggedOnce(reading.shown, readClientId);
      const operator = await world.as('beheer');
      expect(await operator.post<LogVerification>('/v1/audit/verify', {})).toMatchObject({ intact: true });
      expect(await operator.all<DeadLetter>('/v1/dead-letters')).toEqual([]);

      function changesOf(clientId: string): string[] {
        return accepted.filter((change) => change.clientId === clientId).map(({ changeId }) => changeId);
      }
    },
    12 * MINUTE,
  );

  /** A database that somebody else started is not ours to kill. */
  function isOwnDatabase(): boolean {
    return system.settings.databasePrefix === '';
  }

  /** Cuts the power of each in turn, brings it back, and lets it live for about `liveMs`. @returns how often */
  async function cutInTurn(names: readonly string[], times: number, liveMs: number): Promise<number> {
    for (let cut = 0; cut < times; cut += 1) {
      const part = system.part(names[cut % names.length] ?? '');
      await part.kill9();
      await pause(Math.random() * 400);
      await bringBack(part);
      await pause(liveMs * (0.5 + Math.random()));
    }
    return times;
  }

  /** Every ZRM with particulars stands in the inbox of the regisseur once, those of a client in their order. */
  async function areToldOnce(accepted: readonly AcceptedZrm[]): Promise<void> {
    const noor = await world.as('noor');
    const told = await waitFor(
      async () => {
        const found = await zrmsToldTo(noor);
        return found.length >= accepted.length ? found : undefined;
      },
      { timeout: 2 * MINUTE, interval: 500, what: `the meldingen of ${accepted.length} ZRMs` },
    );
    const key = (zrm: { clientId: string; date: string }): string => `${zrm.clientId} ${zrm.date}`;
    expect(told.map(key).sort()).toEqual(accepted.map(key).sort());
    for (const clientId of new Set(accepted.map((zrm) => zrm.clientId))) {
      const ofClient = told.filter((zrm) => zrm.clientId === clientId);
      const inOrder = [...ofClient].sort((a, b) => a.sequence - b.sequence);
      expect(ofClient.map(({ date }) => date)).toEqual(inOrder.map(({ date }) => date));
      expect(inOrder.map(({ date }) => date)).toEqual(inOrder.map(({ date }) => date).sort());
    }
  }

  /** Every read that was shown something has one line, and no read has more. */
  async function areLoggedOnce(shown: ReadonlySet<string>, clientId: string): Promise<void> {
    const manager = await world.as('samira');
    let lines = new Map<string, number>();
    const missing = (): string[] => [...shown].filter((traceId) => !lines.has(traceId));
    await waitFor(
      async () => {
        lines = new Map();
        const entries = await manager.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
        for (const { operation, correlationId = 'none' } of entries) {
          if (operation === 'registration.clients.get') lines.set(correlationId, (lines.get(correlationId) ?? 0) + 1);
        }
        return missing().length === 0;
      },
      { timeout: 2 * MINUTE, interval: 500, what: 'a line for every read that was shown something' },
    );
    expect([...lines].filter(([, count]) => count > 1)).toEqual([]);
  }

  /** Every change of a client stands in the access log once. @throws Error that names the lines that do not */
  async function isLoggedOnce(changes: readonly Accepted[], clientId: string): Promise<void> {
    const manager = await world.as('samira');
    await waitFor(
      async () => {
        const entries = await manager.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
        const lines = entries.filter(({ operation }) => operation === 'registration.stays.record');
        const wrong = differences(changes, lines);
        if (wrong.length > 0) throw new Error(`of ${changes.length} changes: ${wrong.join('; ')}`);
        return true;
      },
      { timeout: 2 * MINUTE, interval: 500, what: `every change of ${clientId} in the access log once` },
    ).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
      throw new Error(`${String(error)}${cause}`, { cause: error });
    });
  }
});

/** Which changes have no line in the access log, or more than one, and which lines are of no change. */
function differences(changes: readonly Accepted[], lines: readonly ClientAccess[]): string[] {
  const linesOf = (traceId: string) => lines.filter(({ correlationId }) => correlationId === traceId);
  const known = new Set(changes.map(({ traceId }) => traceId));
  return [
    ...changes.flatMap(({ version, changeId, traceId }) => {
      const count = linesOf(traceId).length;
      return count === 1 ? [] : [`version ${version} (${changeId}, trace ${traceId}) has ${count} lines`];
    }),
    ...lines
      .filter(({ correlationId }) => correlationId === undefined || !known.has(correlationId))
      .map(({ entryId, at }) => `line ${entryId} of ${at} is of no accepted change`),
  ];
}
