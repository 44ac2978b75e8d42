import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import { addDays, type CivilDate, parseCivilDate } from '../../libs/calendar/src/civil-date.ts';
import type { ClientHousing } from '../../libs/contracts/src/registration/stays.ts';
import { type Told, toldTo } from '../support/meldingen.ts';
import { OutsideLedger } from '../support/outside-ledger.ts';
import { makeWorld, type World } from '../support/world.ts';

/** Parts that lose their power in turn, under load; `mongo` is away on a server that the test did not start. */
const VICTIMS = ['registration', 'nats', 'notifications', 'gateway', 'redis', 'audit', 'mongo'] as const;
const KILLS = 50;
const CLIENTS = 12;
const MINUTE = 60_000;

/**
 * Power cuts under load (issue "Shown by"): each accepted change has exactly one melding, refused ones none, in the order
 * of the changes of each client.
 */
describe('fifty power cuts under load', () => {
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: CLIENTS * 2, clients: CLIENTS });
  }, 3 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  it(
    'lose nothing, double nothing and keep the order of each client',
    async () => {
      const ledger = new OutsideLedger();
      const manager = await world.as('samira');
      let running = true;
      const load = world.clientIds.map((clientId, index) => moveAround(clientId, index));

      for (let kill = 0; kill < KILLS; kill += 1) {
        const victim = system.part(VICTIMS[kill % VICTIMS.length] ?? 'registration');
        await victim.kill9();
        await pause(Math.random() * 400);
        await victim.restart();
        await pause(150 + Math.random() * 350);
      }
      running = false;
      await Promise.all(load);

      const { accepted, refused, unanswered } = ledger;
      const inbox = await waitFor(
        async () => {
          const told = await toldTo(await world.as('noor'));
          return told.length >= accepted.length ? told : undefined;
        },
        { timeout: 2 * MINUTE, what: `${accepted.length} meldingen` },
      );
      console.info(`${KILLS} kills: ${accepted.length} accepted, ${refused.length} refused, ${unanswered} asked again`);
      expect(accepted.length).toBeGreaterThan(KILLS);
      expect(refused.length).toBeGreaterThan(0);
      expect(inSortedOrder(inbox)).toEqual(inSortedOrder(accepted));
      for (const clientId of world.clientIds) {
        const versions = inbox.filter((told) => told.clientId === clientId).map(({ version }) => version);
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
        const housing = await manager.get<ClientHousing>(`/v1/clients/${clientId}/housing`);
        expect(housing.changes.map(({ changeId }) => changeId).sort()).toEqual(changesOf(clientId).sort());
      }

      function changesOf(clientId: string): string[] {
        return accepted.filter((change) => change.clientId === clientId).map(({ changeId }) => changeId);
      }

      /** Between two places of their own, a day later each time; every fourth request is one that must be refused. */
      async function moveAround(clientId: string, index: number): Promise<void> {
        const [first = '', second = ''] = world.placeIds.slice(index * 2, index * 2 + 2);
        let date = firstDay;
        let at = first;
        await ledger.send(manager, clientId, { kind: 'arrival', placeId: at, from: date });
        for (let step = 1; running && step < 600; step += 1) {
          if (step % 4 === 0) {
            await ledger.send(manager, clientId, { kind: 'arrival', placeId: second, from: date });
            continue;
          }
          date = addDays(date, 1);
          at = at === first ? second : first;
          await ledger.send(manager, clientId, { kind: 'move', placeId: at, date });
        }
      }
    },
    12 * MINUTE,
  );
});

const firstDay: CivilDate = parseCivilDate('2024-06-01');

function inSortedOrder(told: readonly Pick<Told, 'clientId' | 'version'>[]): string[] {
  return told.map(({ clientId, version }) => `${clientId} ${String(version).padStart(4, '0')}`).sort();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
