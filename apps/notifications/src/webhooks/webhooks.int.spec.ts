import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook as Verifier } from 'standardwebhooks';
import { type ZrmDueChanged, zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { type ZrmSubmitted, zrmSubmitted } from '#contracts/assessment/facts.js';
import {
  createWebhook,
  type CreatedWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  WEBHOOK_TEST_TYPE,
  webhookEventTypes,
} from '#contracts/notifications/webhooks.js';
import { Database } from '#persistence/database.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';
import { WebhookReceiver } from '../test-support/webhook-receiver.js';

const eventTypes = ['nl.doorstroom.registration.housing-situation-changed.v1' as const];

describe('webhooks', () => {
  let receiver: WebhookReceiver;
  let running: RunningNotifications;
  let webhook: CreatedWebhook;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    running = await RunningNotifications.start();
    webhook = await running.ask(createWebhook, command(), operator);
    secrets.push(webhook.secret);
    // The answer got lost, and the operator asks again.
    expect(await running.ask(createWebhook, command(), operator)).toEqual(webhook);
  }, 60_000);

  afterAll(async () => {
    await RunningNotifications.stopAll();
    await receiver.close();
  }, 60_000);

  const secrets: string[] = [];
  const command = () => ({ name: 'Dossier', url: receiver.url, eventTypes, idempotencyKey: 'key-1' });
  /** Sends a trial event; gives it as it arrived. */
  const sign = async () => {
    receiver.requests.splice(0);
    await running.ask(testWebhook, { webhookId: webhook.webhookId }, operator);
    const [signed] = receiver.requests;
    return { signed, id: String(signed?.headers['webhook-id']) };
  };
  const verifies = (secret: string, request: (typeof receiver.requests)[number] | undefined, id: string): boolean => {
    // Not the clock of the test: that is days ahead by now, and the verifier wants it recent.
    const at = Number(request?.headers['webhook-timestamp']);
    const expected = new Verifier(secret).sign(id, new Date(at * 1_000), request?.body ?? '');
    return String(request?.headers['webhook-signature']).split(' ').includes(expected);
  };
  const deliveryOf = (eventId: string) =>
    waitFor(async () => {
      const { items } = await running.ask(listWebhookDeliveries, { webhookId: webhook.webhookId }, operator);
      return items.find((delivery) => delivery.eventId === eventId);
    });

  it('are the operator’s, and never go inside the network', async () => {
    const inside = { name: 'Inside', url: 'https://169.254.169.254/latest/meta-data', eventTypes };
    await expect(running.ask(createWebhook, inside, operator)).rejects.toMatchObject({ code: 'webhook-url-unsafe' });
    await expect(
      running.ask(createWebhook, { ...inside, url: 'http://dossier.example' }, operator),
    ).rejects.toMatchObject({ code: 'webhook-url-unsafe' });
    await expect(running.ask(listWebhooks, {}, callerOf('anna'))).rejects.toMatchObject({ code: 'not-permitted' });
    expect((await running.ask(listWebhooks, {}, operator)).items[0]).not.toHaveProperty('secret');
  });

  it('deliver a signed CloudEvent, once for a redelivered fact', async () => {
    const eventId = await running.housing('client-1', 1);
    const request = await waitFor(() => receiver.requests[0]);
    expect(request.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': eventId,
    });
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    expect(new Verifier(webhook.secret).verify(request.body, headers)).toMatchObject({
      specversion: '1.0',
      id: eventId,
      sequence: '1',
      data: { clientId: 'client-1', kind: 'arrival' },
    });
    expect(() => new Verifier('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA').verify(request.body, headers)).toThrow();
    await running.housing('client-1', 1, {}, eventId);
    await running.housing('client-1', 2);
    await waitFor(() => receiver.requests.length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(receiver.requests.length).toBe(2);
    expect((await deliveryOf(eventId)).state).toBe('delivered');
  });

  it('tell of ZRMs by codes, each once and only to who asked for them', async () => {
    const types = webhookEventTypes.filter((type) => type.includes('.zrm-'));
    const url = `${receiver.url}/zrm`;
    const zrm = await running.ask(createWebhook, { name: 'ZRM', url, eventTypes: types }, operator);
    secrets.push(zrm.secret);
    const where = { clusterId: 'cluster-1', organisationId: 'haven', recordedAt: new Date().toISOString() };
    const submitted: ZrmSubmitted = {
      ...where,
      clientId: 'client-z',
      measurementId: 'zrm-1',
      change: 'submitted',
      kind: 'periodic',
      date: '2026-04-18',
      recordedBy: 'mentor',
      particulars: true,
      findings: [{ kind: 'drop', ruleId: 'drop-of-one', domain: 'housing' }],
      version: 1,
    };
    const due: ZrmDueChanged = {
      ...where,
      clientId: 'client-z',
      version: 1,
      change: 'late',
      dueId: 'periodic:client-z',
      due: 'periodic',
      dueOn: '2026-07-18',
      step: 'late',
      audience: ['clientmanager'],
    };
    receiver.requests.splice(0);
    const ids = [
      await running.publish(zrmSubmitted, submitted, 'client-z', 1),
      await running.publish(zrmDueChanged, due, 'client-z', 1),
    ];
    await running.publish(zrmSubmitted, submitted, 'client-z', 1, ids[0]);
    const told = await waitFor(() => (receiver.requests.length >= 2 ? [...receiver.requests] : undefined));
    // What comes after it is a fact of another kind, which this one did not ask for.
    const housing = await running.housing('client-z', 1);
    await waitFor(() => receiver.requests.some(({ headers }) => headers['webhook-id'] === housing));
    expect(receiver.requests).toHaveLength(3);
    const bodies = told.map(({ path, body }) => ({ path, ...(JSON.parse(body) as { type: string; data: object }) }));
    expect(bodies.sort((a, b) => (a.type < b.type ? 1 : -1))).toMatchObject([
      { path: '/hook/zrm', type: zrmSubmitted.type, data: submitted },
      { path: '/hook/zrm', type: zrmDueChanged.type, data: due },
    ]);
    expect(told.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort());
    await running.ask(removeWebhook, { webhookId: zrm.webhookId }, operator);
  });

  it('are tried again, and follow no redirect', async () => {
    receiver.status = 302;
    const eventId = await running.housing('client-2', 1);
    // Noted at the subscription after the attempt was noted at the delivery.
    const failing = await waitFor(async () => {
      const [item] = (await running.ask(listWebhooks, {}, operator)).items;
      return item?.lastError === undefined ? undefined : item;
    });
    expect((await deliveryOf(eventId)).attempts).toHaveLength(1);
    expect(receiver.requests.map(({ path }) => path)).not.toContain('/elsewhere');
    expect(failing).toMatchObject({ state: 'active', lastError: 'answered 302', waiting: 1 });
    receiver.status = 200;
    running.advance(6_000);
    const delivery = await waitFor(
      async () => {
        const found = await deliveryOf(eventId);
        return found.state === 'delivered' ? found : undefined;
      },
      { timeout: 15_000 },
    );
    expect(delivery.attempts.map(({ status }) => status)).toEqual([302, 200]);
  }, 30_000);

  it('are switched off after long failure, keep what waits, and send it when switched on', async () => {
    receiver.status = 503;
    const first = await running.housing('client-3', 1);
    await waitFor(async () => (await deliveryOf(first)).attempts.length === 1);
    running.advance(5 * 86_400_000 + 60_000);
    const { webhookId } = webhook;
    await waitFor(async () => (await running.ask(listWebhooks, {}, operator)).items[0]?.state === 'disabled', {
      timeout: 15_000,
    });
    const second = await running.housing('client-3', 2);
    expect((await deliveryOf(second)).state).toBe('waiting');
    receiver.status = 204;
    const sent = receiver.requests.length;
    expect(await running.ask(updateWebhook, { webhookId, state: 'active' }, operator)).toMatchObject({
      state: 'active',
    });
    await waitFor(async () => (await deliveryOf(first)).state === 'delivered', { timeout: 10_000 });
    await waitFor(async () => (await deliveryOf(second)).state === 'delivered', { timeout: 10_000 });
    // At least once each: what was under way when it was switched on may come twice, under its one id.
    const ids = receiver.requests.slice(sent).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids)).toEqual(new Set([first, second]));
  }, 60_000);

  it('sign with a new secret and the one of before, until the overlap ends', async () => {
    const { webhookId } = webhook;
    const { signed, id } = await sign();
    expect(verifies(webhook.secret, signed, id)).toBe(true);
    const rotated = await running.ask(rotateWebhookSecret, { webhookId, overlapHours: 2 }, operator);
    expect(rotated.secret).not.toBe(webhook.secret);
    expect(rotated.previousSecretUntil).toBeDefined();
    const both = await sign();
    expect([webhook.secret, rotated.secret].map((secret) => verifies(secret, both.signed, both.id))).toEqual([
      true,
      true,
    ]);
    running.advance(2 * 3_600_000 + 1_000);
    const after = await sign();
    expect([webhook.secret, rotated.secret].map((secret) => verifies(secret, after.signed, after.id))).toEqual([
      false,
      true,
    ]);
    const [listed] = (await running.ask(listWebhooks, {}, operator)).items;
    expect(listed).not.toHaveProperty('previousSecretUntil');
    expect(listed).not.toHaveProperty('secret');
    expect(listed).not.toHaveProperty('secrets');
    const stale = { webhookId, expectedVersion: 1 };
    await expect(running.ask(rotateWebhookSecret, stale, operator)).rejects.toMatchObject({ code: 'stale-version' });
    await expect(running.ask(rotateWebhookSecret, { webhookId }, callerOf('anna'))).rejects.toMatchObject({
      code: 'not-permitted',
    });
    // The answer of the first request cannot be asked for any more.
    await expect(running.ask(createWebhook, command(), operator)).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    secrets.push(rotated.secret);
  });

  it('keep no secret that can be read in the database, also not one of an earlier version', async () => {
    const database = running.first.app.get(Database).connection.db!;
    const everything = async (): Promise<string> => {
      const names = await database.listCollections().toArray();
      const all = await Promise.all(names.map(({ name }) => database.collection(name).find().toArray()));
      return JSON.stringify(all);
    };
    const plain = (text: string): string[] =>
      secrets.flatMap((secret) => [secret, secret.slice('whsec_'.length)]).filter((secret) => text.includes(secret));
    expect(plain(await everything())).toEqual([]);
    // As the first version stored it.
    const old = `whsec_${randomBytes(32).toString('base64')}`;
    secrets.push(old);
    const hooks = database.collection<{ _id: string; secret?: string }>('webhooks');
    const { secrets: _secrets, ...like } = (await hooks.findOne({ _id: webhook.webhookId }))! as Record<
      string,
      unknown
    >;
    await hooks.insertOne({ ...like, _id: 'old-hook', secret: old });
    expect(plain(await everything())).not.toEqual([]);
    await running.add();
    expect(plain(await everything())).toEqual([]);
    receiver.requests.splice(0);
    await running.ask(testWebhook, { webhookId: 'old-hook' }, operator);
    const [request] = receiver.requests;
    expect(verifies(old, request, String(request?.headers['webhook-id']))).toBe(true);
    await running.ask(removeWebhook, { webhookId: 'old-hook' }, operator);
  }, 60_000);

  it('can be tried out, and removed', async () => {
    const { webhookId } = webhook;
    expect(await running.ask(testWebhook, { webhookId }, operator)).toMatchObject({ delivered: true, status: 204 });
    expect(receiver.requests.at(-1)?.body).toContain(WEBHOOK_TEST_TYPE);
    receiver.status = 500;
    expect(await running.ask(testWebhook, { webhookId }, operator)).toMatchObject({ delivered: false, status: 500 });
    await running.ask(removeWebhook, { webhookId }, operator);
    expect((await running.ask(listWebhooks, {}, operator)).items).toEqual([]);
  });
});
