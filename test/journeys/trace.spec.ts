import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ClientAccess } from '../../libs/contracts/src/audit/access-log.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** One id follows a change from the door to every service that hears of it. */
describe('the trace of a request', () => {
  let system: TestSystem;
  let world: World;
  let mongo: MongoClient;

  beforeAll(async () => {
    system = await startSystem({ services: ['issuer', 'registration', 'notifications', 'audit', 'gateway'] });
    world = await makeWorld(system, { places: 1, clients: 1 });
    mongo = await new MongoClient(system.settings.mongoUrl).connect();
  }, 5 * MINUTE);

  afterAll(async () => {
    await mongo.close();
    await system.close();
  }, MINUTE);

  it(
    'is that of the asker, and stands on the fact and in the log of who changed what',
    async () => {
      const traceId = randomBytes(16).toString('hex');
      const clientId = world.clientIds[0] ?? '';
      const response = await fetch(`${system.publicUrl}/v1/clients/${clientId}/housing-changes`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await world.tokenOf('samira')}`,
          'content-type': 'application/json',
          'idempotency-key': 'traced',
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        },
        body: JSON.stringify({ kind: 'arrival', placeId: world.placeIds[0], from: '2024-06-01' }),
      });
      expect(response.ok).toBe(true);
      expect(response.headers.get('x-correlation-id')).toBe(traceId);

      const database = mongo.db(`${system.settings.databasePrefix}doorstroom_registration`);
      const facts = await database
        .collection('outbox')
        .find({ 'event.traceparent': { $regex: traceId } })
        .toArray();
      expect(facts.map(({ stream }) => String(stream)).sort()).toEqual(['ACCESS', 'FACTS']);
      const manager = await world.as('samira');
      const entry = await waitFor(
        async () => {
          const entries = await manager.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
          return entries.find(({ correlationId }) => correlationId === traceId);
        },
        { timeout: MINUTE, interval: 250, what: 'the line of the traced change' },
      );
      expect(entry).toMatchObject({ action: 'update', operation: 'registration.stays.record' });
    },
    2 * MINUTE,
  );

  it('is told to the asker with an error', async () => {
    const traceId = randomBytes(16).toString('hex');
    const response = await fetch(`${system.publicUrl}/v1/clients/nobody`, {
      headers: {
        authorization: `Bearer ${await world.tokenOf('samira')}`,
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      },
    });
    expect(await response.json()).toMatchObject({ status: 404, correlationId: traceId });
  });
});
