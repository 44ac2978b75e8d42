import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { AccessesLogged, type LoggedAccess } from '#contracts/audit/access-logged.js';
import { Refusal } from '#contracts/refusal.js';
import { waitFor } from '#testing/wait-for.js';
import type { OutboxEntry } from '#messaging/outbox.js';
import { continueTrace, withTrace } from '#messaging/trace.js';
import {
  absent,
  breakNotes,
  leakNotes,
  readNotes,
  readTooMuch,
  refuseNotes,
  waitLong,
  waitNotes,
  whoAmI,
} from './test-support/spine-contracts.js';
import { type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

let system: SpineSystem;
let process: SpineProcess;

beforeAll(async () => {
  system = await spineSystem();
  process = await system.start();
});
afterAll(() => system.close());

/** What a request was refused with. */
async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  return error;
}

/** The accesses that a fact tells together. */
function accessesIn(fact: OutboxEntry | undefined): LoggedAccess[] {
  return plainToInstance(AccessesLogged, fact?.event.data ?? { accesses: [] }).accesses;
}

describe('a request', () => {
  it('reaches the handler with the proven caller and the trace of the asker', async () => {
    const trace = continueTrace(undefined);
    const token = await system.token({ personId: 'fatima' });
    const answer = await withTrace(trace, () => process.bus.ask(whoAmI, {}, token));
    expect(answer).toEqual({ personId: 'fatima', correlationId: trace.correlationId });
  });

  it.each([
    ['absent', () => Promise.resolve('')],
    ['forged', async () => (await otherSystemsToken()).replace(/.$/, 'A')],
    ['signed by somebody else', otherSystemsToken],
    ['for another service', () => system.token({}, new Date(), 'audit')],
    ['expired', () => system.token({}, new Date(Date.now() - 120_000))],
    ['malformed', () => Promise.resolve('no.token.at-all')],
  ])('is refused when the proof of the caller is %s', async (_, token) => {
    const refusal = await refusalOf(process.bus.ask(whoAmI, {}, await token()));
    expect([refusal.code, refusal.status]).toEqual(['not-signed-in', 401]);
  });

  it('is refused when no role of the caller is named by the contract', async () => {
    const refusal = await refusalOf(process.bus.ask(whoAmI, {}, await system.token({ roles: ['corporatie'] })));
    expect([refusal.code, refusal.status]).toEqual(['not-permitted', 403]);
    const system_ = await system.token({ kind: 'system', personId: 'e-vita', roles: [] });
    expect(await process.bus.ask(whoAmI, {}, system_)).toMatchObject({ personId: 'e-vita' });
    const person = await system.token({ kind: 'service', personId: 'audit', roles: ['clientmanager'] });
    expect((await refusalOf(process.bus.ask(whoAmI, {}, person))).code).toBe('not-permitted');
  });

  it('carries a refusal over the wire, with its texts, fields and parameters', async () => {
    const refusal = await refusalOf(process.bus.ask(refuseNotes, {}, await system.token()));
    expect(refusal.toJSON()).toEqual(
      Refusal.of('stale-version', { params: { actual: 4, expected: 3 }, fields: ['version'] }).toJSON(),
    );
  });

  it('shows nothing of the inside when something unforeseen happens, but a reference to find it', async () => {
    const trace = continueTrace(undefined);
    const token = await system.token();
    const refusal = await refusalOf(withTrace(trace, () => process.bus.ask(breakNotes, {}, token)));
    expect([refusal.code, refusal.status]).toEqual(['unexpected', 500]);
    expect(refusal.params).toEqual({ correlationId: trace.correlationId });
    expect(JSON.stringify(refusal)).not.toContain('secret');
  });

  it('whose answer is more than a message carries is told so at once, with a reference, and the next one is answered', async () => {
    const trace = continueTrace(undefined);
    const token = await system.token();
    const begin = performance.now();
    const refusal = await refusalOf(withTrace(trace, () => process.bus.ask(readTooMuch, {}, token)));
    expect([refusal.code, refusal.params]).toEqual(['unexpected', { correlationId: trace.correlationId }]);
    expect(performance.now() - begin).toBeLessThan(readTooMuch.deadlineMs / 2);
    expect(await process.bus.ask(whoAmI, {}, token)).toMatchObject({ personId: expect.any(String) });
  });

  it('says that nothing was changed when no process of the service runs', async () => {
    const refusal = await refusalOf(process.bus.ask(absent, {}, await system.token()));
    expect([refusal.code, refusal.status]).toEqual(['service-unavailable', 503]);
  });

  it('says that something may have been changed when the answer comes too late', async () => {
    const begin = performance.now();
    const refusal = await refusalOf(process.bus.ask(waitNotes, { ms: 1_500 }, await system.token()));
    expect([refusal.code, refusal.status]).toEqual(['deadline-exceeded', 503]);
    expect(performance.now() - begin).toBeLessThan(1_200);
  });
});

describe('client data', () => {
  it('are answered after the access was stored: who, what, which client, on which ground', async () => {
    const trace = continueTrace(undefined);
    const token = await system.token({ personId: 'reader', organisationId: 'org-1' });
    const answer = await withTrace(trace, () => process.bus.ask(readNotes, { noteIds: ['c1', 'c2'] }, token));
    expect(answer).toEqual({ texts: ['text of c1', 'text of c2'] });
    // No waiting: the entry was there before the answer.
    const entries = await system.outbox({ stream: 'ACCESS', 'event.data.actorId': 'reader' });
    expect(entries.map(({ event }) => event.data)).toEqual([
      {
        at: expect.any(String),
        actorId: 'reader',
        actorKind: 'person',
        actorRoles: ['clientmanager'],
        actorOrganisationId: 'org-1',
        action: 'read',
        operation: 'spine.notes.read',
        subjects: [
          { clientId: 'c1', ground: 'own-caseload' },
          { clientId: 'c2', ground: 'own-caseload' },
        ],
        emergency: false,
        correlationId: trace.correlationId,
      },
    ]);
  });

  it('need no entry when there are none of them', async () => {
    const token = await system.token({ personId: 'finds-nothing' });
    expect(await process.bus.ask(readNotes, { noteIds: [] }, token)).toEqual({ texts: [] });
    expect(await system.outbox({ 'event.data.actorId': 'finds-nothing' })).toEqual([]);
  });

  it('become several entries when there are many', async () => {
    const noteIds = Array.from({ length: 450 }, (_, index) => `client-${index}`);
    await process.bus.ask(readNotes, { noteIds }, await system.token({ personId: 'sees-many' }));
    const [fact, ...others] = await system.outbox({ 'event.data.accesses.actorId': 'sees-many' });
    expect(others).toEqual([]);
    const accesses = accessesIn(fact);
    expect(accesses.map(({ subjects }) => subjects.length)).toEqual([200, 200, 50]);
    expect(new Set(accesses.map(({ accessId }) => accessId)).size).toBe(3);
  });

  it('that are read at the same moment are logged in fewer facts than reads: each read once, each before its answer', async () => {
    const readers = Array.from({ length: 60 }, (_, index) => `together-${index}`);
    const tokens = await Promise.all(readers.map((personId) => system.token({ personId })));
    const noteIds = Array.from({ length: 450 }, (_, index) => `client-${index}`);
    await Promise.all(
      tokens.map(async (token, index) => {
        await process.bus.ask(readNotes, { noteIds }, token);
        // No waiting: it is there now that it was answered.
        const actorId = readers[index];
        const alone = { 'event.data.actorId': actorId };
        expect(await system.outbox({ $or: [alone, { 'event.data.accesses.actorId': actorId }] })).not.toEqual([]);
      }),
    );
    const facts = await system.outbox({ 'event.data.accesses.actorId': { $in: readers } });
    const accesses = facts.flatMap((fact) => accessesIn(fact));
    expect(accesses.map(({ actorId }) => actorId).sort()).toEqual(readers.flatMap((id) => [id, id, id]).sort());
    expect(new Set(accesses.map(({ accessId }) => accessId)).size).toBe(accesses.length);
    expect(facts.length).toBeLessThan(readers.length);
    for (const { event } of facts) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(64 * 1024);
  });

  it('are shown to none of those who wait for a line that could not be stored', async () => {
    const failing = jest.spyOn(process.outbox, 'store').mockRejectedValue(new Error('no disk'));
    try {
      const asked = await Promise.allSettled(
        Array.from({ length: 10 }, async (_, index) =>
          process.bus.ask(readNotes, { noteIds: ['c1'] }, await system.token({ personId: `unlogged-${index}` })),
        ),
      );
      for (const answer of asked) {
        expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'access-log-unavailable' } });
      }
    } finally {
      failing.mockRestore();
    }
  });

  it('do not leave the service when a handler forgets to seal them', async () => {
    const refusal = await refusalOf(process.bus.ask(leakNotes, { noteIds: ['client-x'] }, await system.token()));
    expect(refusal.code).toBe('unexpected');
    expect(JSON.stringify(refusal)).not.toContain('client-x');
  });
});

describe('health', () => {
  it('tells that the process lives, is ready, and its numbers', async () => {
    const base = `http://127.0.0.1:${process.port}`;
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/doorstroom_dead_letters 0/);
    expect(metrics).toMatch(/doorstroom_outbox_pending \d/);
  });

  it('answers 404 for what is not there', async () => {
    const answer = await fetch(`http://127.0.0.1:${process.port}/nothing`, { signal: AbortSignal.timeout(2_000) });
    expect(answer.status).toBe(404);
  });
});

describe('a stop', () => {
  it('answers the requests in hand and takes no new ones', async () => {
    const other = await spineSystem();
    try {
      const asked = await other.start();
      const asker = await other.start();
      await asker.stop();
      const slow = asked.bus.ask(waitLong, { ms: 700 }, await other.token());
      // Handled here or nowhere: it must have begun before the stop.
      await new Promise((resolve) => setTimeout(resolve, 150));
      const stopped = asked.stop();
      expect(await slow).toEqual({ waited: 700 });
      await stopped;
    } finally {
      await other.close();
    }
  });
});

describe('the broker', () => {
  it('being away is told as 503, and requests work again when it is back', async () => {
    await system.nats.kill9();
    const refusal = await refusalOf(process.bus.ask(waitNotes, { ms: 0 }, await system.token()));
    expect(refusal.status).toBe(503);
    const ready = await fetch(`http://127.0.0.1:${process.port}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'not-ready', database: true, broker: false });
    await system.nats.restart();
    const token = await system.token();
    await waitFor(() => process.bus.ask(waitNotes, { ms: 0 }, token), { timeout: 10_000, what: 'an answer' });
  });
});

/** A token of another gateway, with another key. */
async function otherSystemsToken(): Promise<string> {
  const other = await spineSystem();
  const token = await other.token();
  await other.close();
  return token;
}
