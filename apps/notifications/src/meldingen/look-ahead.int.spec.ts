import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { acknowledgeMelding, listMeldingen, type Melding, readMelding } from '#contracts/notifications/meldingen.js';
import { Refusal } from '#contracts/refusal.js';
import { housingSituationChanged, waitingListChanged } from '#contracts/registration/facts.js';
import { Turns } from '#messaging/turns.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { waitFor } from '#testing/wait-for.js';
import type { Happening } from '../rules/happening.js';
import type { Recipient } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { defaultSettings } from '../rules/settings.repository.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';
import { markRead } from './act-rules.js';
import { DeliveryService, type InboxSeen } from './delivery.service.js';
import { MeldingenRepository } from './meldingen.repository.js';

const CLIENTS = 4;
const CHANGES = 10;
const anna = callerOf('anna');
const bram = callerOf('bram');

/** Inboxes are looked at before the transaction that writes to them: what happens in between may not be written over. */
describe('an inbox that changes between the look and the write', () => {
  let running: RunningNotifications;
  const clientIds = Array.from({ length: CLIENTS }, (_, index) => `met-${index}`);

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.add();
    for (const person of ['anna', 'bram']) await running.regisseur(person);
    await running.cluster('cluster-1');
    for (const personId of ['anna', 'bram']) {
      await running.ask(putCaseload, { personId, clusterIds: ['cluster-1'], clientIds }, operator);
    }
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  async function inbox(clientId: string, of = anna): Promise<Melding[]> {
    return (await running.ask(listMeldingen, { clientId, limit: 200 }, of)).items;
  }

  const told = (clientId: string, of = anna) =>
    waitFor(async () => (await inbox(clientId, of))[0], { what: `a melding about ${clientId}` });

  /** Delivers an event, in the first attempt with what was seen before. Returns how many attempts it took. */
  async function deliverSeen(clientId: string, seen: ReadonlyMap<string, InboxSeen>): Promise<number> {
    const { app } = running.first;
    const delivery = app.get(DeliveryService);
    let attempts = 0;
    await app.get(UnitOfWork).run(async (tx) => {
      attempts += 1;
      const inboxes = attempts === 1 ? seen : await delivery.look(clientId, ['anna']);
      await delivery.deliverNew(tx, happeningOf(clientId), [toAnna], defaultSettings, inboxes);
    });
    return attempts;
  }

  it('is looked at again when its melding was dealt with meanwhile: that stays, and a new one tells the change', async () => {
    await running.housing('dealt-with', 1);
    const before = await told('dealt-with');
    const seen = await running.first.app.get(DeliveryService).look('dealt-with', ['anna']);
    await running.ask(acknowledgeMelding, { meldingId: before.meldingId }, anna);
    expect(await deliverSeen('dealt-with', seen)).toBe(2);
    const [fresh, acknowledged] = await inbox('dealt-with');
    expect(acknowledged).toMatchObject({
      meldingId: before.meldingId,
      status: 'acknowledged',
      parts: [{ sequence: 1 }],
    });
    expect(fresh).toMatchObject({ status: 'open', parts: [{ eventId: 'seen-before' }] });
  });

  it('is looked at again when its first melding was made meanwhile: both changes stand in it', async () => {
    const seen = await running.first.app.get(DeliveryService).look('first', ['anna']);
    await running.housing('first', 1);
    await told('first');
    expect(await deliverSeen('first', seen)).toBe(2);
    const [melding, ...others] = await inbox('first');
    expect(others).toEqual([]);
    expect(melding?.parts.map(({ eventId }) => eventId)).toContain('seen-before');
    expect(melding?.parts).toHaveLength(2);
  });

  it('is looked at within the unit of work that wrote to it before: that cannot be seen from outside', async () => {
    await running.housing('own-writing', 1);
    const before = await told('own-writing');
    const { app } = running.first;
    const delivery = app.get(DeliveryService);
    let attempts = 0;
    await app.get(UnitOfWork).run(async (tx) => {
      attempts += 1;
      const seen = await delivery.look('own-writing', ['anna']);
      const melding = await app.get(MeldingenRepository).find(before.meldingId, tx);
      if (melding) await delivery.save(tx, melding, markRead(melding, true, 'anna', new Date()));
      await delivery.deliverNew(tx, happeningOf('own-writing'), [toAnna], defaultSettings, seen);
    });
    expect(attempts).toBe(1);
    const [melding] = await inbox('own-writing');
    expect(melding?.parts).toHaveLength(2);
    expect(melding?.history.map(({ action }) => action)).toEqual(['received', 'read', 'part-added']);
  });

  it('gets each change of two kinds once, from two processes, while its owners deal with what they have', async () => {
    const events = clientIds.flatMap((clientId) =>
      Array.from({ length: CHANGES }, (_, index) => ({ clientId, version: index + 1 })),
    );
    let isTelling = true;
    const acknowledged: { meldingId: string; by: string; at: string | undefined }[] = [];
    const deal = async (of: typeof anna): Promise<void> => {
      while (isTelling) {
        const { items } = await running.ask(listMeldingen, { status: 'open' }, of);
        for (const { meldingId, read } of items) {
          const act = read ? acknowledgeMelding : readMelding;
          const done = await unlessBusy(() => running.ask(act, { meldingId }, of));
          if (done?.acknowledgedBy !== of.personId || !clientIds.includes(done.clientId)) continue;
          acknowledged.push({ meldingId, by: of.personId, at: done.acknowledgedAt });
        }
      }
    };
    const dealing = [anna, bram].map((of) => deal(of));
    const ids = await Promise.all(
      events.flatMap(({ clientId, version }) => [
        running.housing(clientId, version),
        running.publish(
          waitingListChanged,
          { entryId: `entry-${clientId}`, clientId, change: 'offered', clusterId: 'cluster-1', version },
          `entry-${clientId}`,
          version,
        ),
      ]),
    );
    const parts = async (of: typeof anna) =>
      (await Promise.all(clientIds.map((clientId) => inbox(clientId, of)))).flat().flatMap((melding) => melding.parts);
    try {
      for (const person of [anna, bram]) {
        await waitFor(async () => (await parts(person)).length >= ids.length, {
          timeout: 90_000,
          interval: 250,
          what: `every change for ${person.personId}`,
        });
      }
    } finally {
      isTelling = false;
      await Promise.all(dealing);
    }
    for (const person of [anna, bram]) {
      expect((await parts(person)).map(({ eventId }) => eventId).sort()).toEqual([...ids].sort());
      for (const clientId of clientIds) {
        for (const melding of await inbox(clientId, person)) {
          const housing = melding.parts.filter(({ eventType }) => eventType === housingSituationChanged.type);
          const versions = housing.map(({ sequence }) => sequence);
          expect(versions).toEqual(versions.toSorted((a, b) => a - b));
        }
      }
    }
    // What somebody was told to have done is done: no part that came at that moment undid it without saying so.
    const all = (await Promise.all([anna, bram].flatMap((of) => clientIds.map((id) => inbox(id, of))))).flat();
    const history = new Map(all.map((melding) => [melding.meldingId, melding.history]));
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { meldingId, by, at } of acknowledged) {
      expect(history.get(meldingId)).toContainEqual(expect.objectContaining({ action: 'acknowledged', by, at }));
    }
  }, 180_000);

  it('is looked at again, with who is responsible, after its process stood still', async () => {
    const { app } = running.first;
    for (const service of running.services.slice(1)) await service.stop();
    const since = performance.now.bind(performance);
    let ahead = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => since() + ahead);
    const looks = jest.spyOn(app.get(ResponsibilitiesReader), 'foresee');
    const turns = app.get(Turns);
    const take = turns.take.bind(turns);
    const standStill = jest.spyOn(turns, 'take').mockImplementationOnce(async (tx, event) => {
      const taken = await take(tx, event);
      ahead += 12_000;
      return taken;
    });
    try {
      await running.housing('stood-still', 1);
      const all = await waitFor(async () => nonEmpty(await inbox('stood-still')), { timeout: 30_000 });
      expect(all.flatMap(({ parts }) => parts)).toHaveLength(1);
      expect(looks).toHaveBeenCalledTimes(2);
    } finally {
      for (const spy of [clock, looks, standStill]) spy.mockRestore();
    }
  });
});

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Others may be first so often that the service says so: then nothing was done, and the next round tries again. */
async function unlessBusy<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal && ['concurrent-change', 'melding-not-open'].includes(error.code)) return undefined;
    throw error;
  }
}

const toAnna: Recipient = {
  personId: 'anna',
  ruleId: 'housing-change-to-regisseur',
  urgency: 'normal',
  expectedAction: 'take-note',
  because: 'regisseur-of-cluster',
  becauseOf: [],
  duties: ['guard'],
};

function happeningOf(clientId: string): Happening {
  return {
    eventId: 'seen-before',
    eventType: housingSituationChanged.type,
    clientId,
    kind: 'move',
    codes: {},
    recordedAt: new Date().toISOString(),
    sequence: 2,
  };
}
