import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ClientAccess, LogVerification } from '../../libs/contracts/src/audit/access-log.ts';
import { LiveInbox } from '../support/live-inbox.ts';
import { allTold, inSortedOrder } from '../support/meldingen.ts';
import { startLoad } from '../support/load.ts';
import { OutsideLedger } from '../support/outside-ledger.ts';
import { pause } from '../support/power.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const CLIENTS = 10;
const CHANGES = 200;

/** Two processes of each service share the work without doing any of it twice (issue, docker-compose: `--scale`). */
describe('two processes of each service', () => {
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    system = await startSystem({ scale: { registration: 2, notifications: 2, audit: 2 }, logLevel: 'warn' });
    world = await makeWorld(system, { places: CLIENTS * 2, clients: CLIENTS });
  }, 5 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  it(
    'tell two hundred changes once each, live as well, and log them in one whole chain',
    async () => {
      const live = new LiveInbox(system.publicUrl, await world.tokenOf('noor'));
      await live.open();
      const ledger = new OutsideLedger();
      const load = await startLoad(world, 0, ledger);
      await waitFor(() => ledger.accepted.length >= CHANGES, { timeout: 2 * MINUTE, what: `${CHANGES} changes` });
      await load.end();
      const inbox = await allTold(await world.as('noor'), ledger.accepted.length);
      await pause(1_000);
      expect(inSortedOrder(await allTold(await world.as('noor'), ledger.accepted.length))).toEqual(
        inSortedOrder(inbox),
      );
      expect(inSortedOrder(inbox)).toEqual(inSortedOrder(ledger.accepted));
      await waitFor(() => ledger.accepted.every((one) => live.arrivalOf(one.clientId, one.version) !== undefined), {
        timeout: 20_000,
        interval: 200,
        what: 'every change on the open page',
      });
      live.breakOff();

      const manager = await world.as('samira');
      for (const clientId of world.clientIds) {
        const changes = ledger.accepted.filter((change) => change.clientId === clientId).length;
        await waitFor(
          async () => {
            const entries = await manager.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
            return entries.filter(({ action }) => action === 'update').length === changes;
          },
          { timeout: 20_000, interval: 200, what: `${changes} lines in the access log` },
        );
      }
      const verified = await (await world.as('beheer')).post<LogVerification>('/v1/audit/verify', {});
      expect(verified).toMatchObject({ intact: true });
      expect(verified.entries).toBeGreaterThan(ledger.accepted.length);
    },
    5 * MINUTE,
  );

  it('both processes of a service took their part', async () => {
    for (const service of ['registration', 'notifications', 'audit']) {
      for (const name of [service, `${service}-2`]) {
        const metrics = await (await fetch(`${system.part(name).url}/metrics`)).text();
        const [, seconds = '0'] = /^process_cpu_user_seconds_total (\S+)/m.exec(metrics) ?? [];
        expect({ name, worked: Number(seconds) > 0 }).toEqual({ name, worked: true });
      }
    }
  });
});
