import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { LogVerification } from '../../libs/contracts/src/audit/access-log.ts';
import type { DeadLetter } from '../../libs/contracts/src/dead-letters.ts';
import type { MeldingAction } from '../../libs/contracts/src/notifications/codes.ts';
import type { Melding } from '../../libs/contracts/src/notifications/meldingen.ts';
import type { NotificationSettings } from '../../libs/contracts/src/notifications/rules.ts';
import { startLoad } from '../support/load.ts';
import { allTold, inSortedOrder, toldTo } from '../support/meldingen.ts';
import { OutsideLedger } from '../support/outside-ledger.ts';
import { bringBack, pause } from '../support/power.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const CLIENTS = 4;
const HOUSING_SUBJECT = 'facts.registration.housing-situation-changed.v1';
/** Minutes until the reminder, the least that can be set. */
const REMINDER_AFTER = 1;

/** What the broker, Redis and the facts themselves can do to us (issue "Shown by"): nothing is lost and nothing doubled. */
describe('engines that fail under load', () => {
  let system: TestSystem;
  let world: World;
  /** Everything that was asked and answered so far, over all tests. */
  const ledger = new OutsideLedger();
  let remindedFrom = 0;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: CLIENTS * 2, clients: CLIENTS });
    const operator = await world.as('beheer');
    const {
      escalation: { low, high },
      version,
    } = await operator.get<NotificationSettings>('/v1/notification-settings');
    const normal = { reminderAfter: REMINDER_AFTER, escalateAfter: 60 };
    const changed = { escalation: { low, normal, high }, groupingMinutes: 0 };
    await operator.put('/v1/notification-settings', changed, { version });
    remindedFrom = Date.now();
  }, 5 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  it(
    'the broker away, and then everything delivered again by it: each change is told once',
    async () => {
      const load = await startLoad(world, 50, ledger);
      await pause(1_000);
      await system.part('nats').kill9();
      await pause(3_000);
      await system.part('nats').restart();
      await pause(1_000);
      await load.end();
      await isToldOnce();
      // Longer away than the broker remembers message ids: what it gets again it takes for new.
      await withBroker(async (nats, manager) => {
        const facts = await factsIn(nats, manager, 'FACTS');
        expect(facts.length).toBeGreaterThan(ledger.accepted.length);
        for (const { subject, text } of facts) await jetstream(nats).publish(subject, text);
      });
      await settled();
      await isToldOnce();
    },
    3 * MINUTE,
  );

  it(
    'the streams deleted under load: they are made again, and what was in them is told once',
    async () => {
      const load = await startLoad(world, 50, ledger);
      await pause(500);
      await withBroker(async (_nats, manager) => {
        for (const stream of ['FACTS', 'ACCESS']) await manager.streams.delete(stream);
      });
      await pause(4_000);
      await load.end();
      await isToldOnce();
      await settled();
      await isToldOnce();
    },
    3 * MINUTE,
  );

  it(
    'the disk of the broker lost: everything is published again, and told once',
    async () => {
      const load = await startLoad(world, 50, ledger);
      await pause(1_000);
      await system.part('nats').kill9();
      rmSync(join(dirname(system.settings.issuerDataDir), 'nats', 'jetstream'), { recursive: true });
      await bringBack(system.part('nats'));
      await pause(2_000);
      await load.end();
      await isToldOnce();
      const operator = await world.as('beheer');
      await waitFor(async () => (await operator.post<LogVerification>('/v1/audit/verify', {})).intact, {
        timeout: 20_000,
      });
    },
    3 * MINUTE,
  );

  it(
    'a poison fact becomes a dead letter, holds up nobody, and can be mended and replayed, or dropped',
    async () => {
      const operator = await world.as('beheer');
      const mendable = poison('poison-mendable', { ...arrivalData('poisoned-client'), kind: 'teleport' });
      await withBroker(async (nats) => {
        await jetstream(nats).publish(HOUSING_SUBJECT, '{"not": "an event"');
        await jetstream(nats).publish(HOUSING_SUBJECT, JSON.stringify(mendable));
      });
      const inNotifications = async () =>
        (await operator.all<DeadLetter>('/v1/dead-letters?service=notifications')).filter(
          ({ state }) => state === 'dead',
        );
      const letters = await waitFor(
        async () => {
          const dead = await inNotifications();
          return dead.length >= 2 ? dead : undefined;
        },
        { timeout: 20_000, what: 'two dead letters' },
      );
      expect(letters).toHaveLength(2);
      const [mended, unreadable] = [
        letters.find(({ id }) => id === 'poison-mendable'),
        letters.find(({ id }) => id.startsWith('unreadable-')),
      ];
      expect(mended).toMatchObject({ error: expect.stringContaining('kind'), event: { data: { kind: 'teleport' } } });
      expect(unreadable).toMatchObject({ event: { data: { raw: '{"not": "an event"' } } });
      // Others go on meanwhile.
      const load = await startLoad(world, 50, ledger);
      await pause(300);
      await load.end();
      await isToldOnce();

      const path = '/v1/dead-letters/notifications/poison-mendable';
      await expect(operator.post(`${path}/replay`, {})).rejects.toMatchObject({ code: 'dead-letter-fails-again' });
      const replayed = await operator.post<DeadLetter>(`${path}/replay`, { data: arrivalData('poisoned-client') });
      expect(replayed.state).toBe('replayed');
      await expect(operator.post(`${path}/replay`, {})).rejects.toMatchObject({ code: 'dead-letter-decided' });
      const told = await (await world.as('noor')).all<Melding>('/v1/meldingen?clientId=poisoned-client');
      expect(told.flatMap(({ parts }) => parts.map(({ kind }) => kind))).toEqual(['arrival']);
      ledger.accepted.push({
        clientId: 'poisoned-client',
        changeId: 'poisoned-client',
        version: 1,
        traceId: 'poisoned-client',
      });

      const dropPath = `/v1/dead-letters/notifications/${unreadable?.id ?? ''}/drop`;
      const dropped = await operator.post<DeadLetter>(dropPath, { reason: 'Onleesbaar aangeleverd' });
      expect(dropped).toMatchObject({ state: 'dropped', decision: { reason: 'Onleesbaar aangeleverd' } });
      expect(await inNotifications()).toEqual([]);
      await expect((await world.as('samira')).get('/v1/dead-letters')).rejects.toMatchObject({ status: 403 });
    },
    2 * MINUTE,
  );

  it(
    'Redis wiped, and away when the time comes: a snooze ends all the same, once',
    async () => {
      const noor = await world.as('noor');
      const meldingen = (await noor.all<Melding>('/v1/meldingen')).slice(0, 6);
      for (const [index, { meldingId }] of meldingen.entries()) {
        const until = new Date(Date.now() + 4_000 + index * 1_500).toISOString();
        await noor.post(`/v1/meldingen/${meldingId}/snooze`, { until });
      }
      const redis = new Redis(system.settings.redisUrl);
      await redis.flushall();
      redis.disconnect();
      await pause(3_000);
      // The first ones come due while it is away, the last ones after it came back empty.
      await system.part('redis').kill9();
      await pause(4_000);
      await system.part('redis').restart();
      for (const { meldingId } of meldingen) await happensOnce(meldingId, 'woken', 20_000);
      await settled();
      for (const { meldingId } of meldingen) await happensOnce(meldingId, 'woken', 0);
    },
    2 * MINUTE,
  );

  it(
    'the database cut off: a request is refused as a whole, and its repetition done once',
    async () => {
      const [clientId = ''] = world.clientIds;
      const manager = await world.as('samira');
      const body = { kind: 'arrival', placeId: world.placeIds[0] ?? '', from: '2006-01-01', until: '2006-01-02' };
      const path = `/v1/clients/${clientId}/housing-changes`;
      await system.part('mongo').kill9();
      await expect(manager.post(path, body, { key: 'cut-off' })).rejects.toMatchObject({ status: 503 });
      await system.part('mongo').restart();
      const once = await waitFor(() => manager.post<{ version: number }>(path, body, { key: 'cut-off' }), {
        timeout: 20_000,
      });
      const again = await manager.post<{ version: number }>(path, body, { key: 'cut-off' });
      expect(again).toEqual(once);
    },
    MINUTE,
  );

  it(
    'the reminder of what nobody acknowledged came through all of that, once',
    async () => {
      const noor = await world.as('noor');
      await pause(Math.max(0, remindedFrom + REMINDER_AFTER * MINUTE - Date.now()));
      const [first] = (await noor.all<Melding>('/v1/meldingen')).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
      await happensOnce(first?.meldingId ?? '', 'reminded', REMINDER_AFTER * MINUTE + 20_000);
    },
    3 * MINUTE,
  );

  /** What notifications has in the inbox is what was accepted: no more, no less. */
  async function isToldOnce(): Promise<void> {
    const inbox = await allTold(await world.as('noor'), ledger.accepted.length);
    expect(inSortedOrder(inbox)).toEqual(inSortedOrder(ledger.accepted));
  }

  /** Waits until no inbox changed for a second: what would be doubled had its chance. */
  async function settled(): Promise<void> {
    const noor = await world.as('noor');
    for (let before = -1, now = 0; before !== now;) {
      before = now;
      await pause(1_000);
      now = (await toldTo(noor)).length;
    }
  }

  async function happensOnce(meldingId: string, action: MeldingAction, within: number): Promise<void> {
    const noor = await world.as('noor');
    const count = await waitFor(
      async () => {
        const { history } = await noor.get<Melding>(`/v1/meldingen/${meldingId}`);
        const times = history.filter((entry) => entry.action === action).length;
        return times === 0 ? undefined : times;
      },
      { timeout: within, interval: 200, what: `${action} of ${meldingId}` },
    );
    expect({ action, count }).toEqual({ action, count: 1 });
  }

  async function withBroker(work: (nats: NatsConnection, manager: JetStreamManager) => Promise<void>): Promise<void> {
    const nats = await connect({ servers: system.settings.natsUrl });
    try {
      await work(nats, await jetstreamManager(nats));
    } finally {
      await nats.close();
    }
  }

  function arrivalData(clientId: string): object {
    return {
      clientId,
      changeId: clientId,
      version: 1,
      kind: 'arrival',
      effectiveOn: '2026-01-01',
      recordedAt: new Date().toISOString(),
      recordedBy: world.personIds.get('samira'),
      channel: 'person',
      placeId: world.placeIds[0],
      clusterId: world.clusterId,
      organisationId: world.institutionId,
      reasons: {},
    };
  }

  function poison(id: string, data: object): object {
    return {
      specversion: '1.0',
      id,
      source: 'urn:nld:doorstroom:registration',
      type: 'nl.doorstroom.registration.housing-situation-changed.v1',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: 'poisoned-client',
      sequence: '1',
      data,
    };
  }
});

/** Everything in a stream, in its order. */
async function factsIn(
  nats: NatsConnection,
  manager: JetStreamManager,
  stream: string,
): Promise<{ subject: string; text: string }[]> {
  const { state } = await manager.streams.info(stream);
  const consumer = await jetstream(nats).consumers.get(stream, {});
  const facts: { subject: string; text: string }[] = [];
  for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 5_000 })) {
    facts.push({ subject: message.subject, text: message.string() });
  }
  return facts;
}
