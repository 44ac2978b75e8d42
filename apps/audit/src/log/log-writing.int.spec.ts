import { afterEach, describe, expect, it } from '@jest/globals';
import { accessesLogged, accessLogged } from '#contracts/audit/access-logged.js';
import { DeadLetters } from '#messaging/dead-letters.js';
import { waitFor } from '#testing/wait-for.js';
import { accessesOf, accessOf, callerAs, type RunningAudit, startAudit } from '../test-support/running-audit.js';
import { verifyLog } from '#contracts/audit/access-log.js';

let audit: RunningAudit;
afterEach(() => audit.close());

const operator = callerAs('beheerder');

describe('the log', () => {
  it('keeps every field of an access, in a chain with a sealed head', async () => {
    audit = await startAudit();
    const event = accessOf('c1', { emergency: true, correlationId: 'trace-1' });
    await audit.publish(accessLogged, [event]);
    await audit.logged(1);
    expect(await audit.entries.findOne({})).toEqual({
      _id: 1,
      eventId: event.id,
      at: new Date(event.data.at),
      actorId: 'fatima',
      actorKind: 'person',
      actorRoles: ['trajectregisseur'],
      actorOrganisationId: 'ggd',
      action: 'read',
      operation: 'registration.clients.get',
      subjects: [{ clientId: 'c1', ground: 'own-caseload' }],
      emergency: true,
      correlationId: 'trace-1',
      previousHash: '0'.repeat(64),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await audit.heads.findOne({})).toMatchObject({ sequence: 1, seal: expect.any(String) });
    expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: 1, verifiedUntil: 1 });
  });

  it('is whole while it is empty', async () => {
    audit = await startAudit();
    expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: 0 });
  });

  it('gets nothing new when facts are delivered again', async () => {
    audit = await startAudit();
    const events = Array.from({ length: 30 }, (_, index) => accessOf(`c${index % 4}`));
    await audit.publish(accessLogged, events);
    await audit.logged(30);
    // No message id: for the broker these are new, as after its window of de-duplication.
    await audit.publish(accessLogged, events);
    await audit.publish(accessLogged, [accessOf('last')]);
    await audit.logged(31);
    await waitFor(async () => (await audit.entries.countDocuments({ 'subjects.clientId': 'last' })) === 1);
    expect(await audit.entries.countDocuments({})).toBe(31);
    expect(await audit.checkpoints.countDocuments({})).toBe(3);
    expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: 31 });
  });

  it('written by two processes at once has all accesses once, in one chain', async () => {
    audit = await startAudit(2);
    const events = Array.from({ length: 500 }, (_, index) => accessOf(`client-${index % 120}`));
    const begin = performance.now();
    await audit.publish(accessLogged, events);
    await audit.logged(500, 60_000);
    const seconds = (performance.now() - begin) / 1_000;
    if (process.env['SPEC_FIGURES']) console.log(`two processes: ${(500 / seconds).toFixed(0)} entries/s`);
    expect(new Set((await audit.entries.find({}).toArray()).map(({ eventId }) => eventId))).toEqual(
      new Set(events.map(({ id }) => id)),
    );
    expect(await audit.entries.countDocuments({})).toBe(500);
    expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: 500, verifiedUntil: 500 });
    for (const { app } of audit.services) {
      expect((await app.get(DeadLetters).list('failing')).items).toEqual([]);
    }
  }, 90_000);

  it('has an entry for each of the accesses that are told together, once, beside those that are told alone', async () => {
    audit = await startAudit(2);
    const together = Array.from({ length: 40 }, (_, index) => accessesOf(`t${index}`, 1 + (index % 9)));
    const alone = Array.from({ length: 40 }, (_, index) => accessOf(`a${index}`));
    const expected = [
      ...together.flatMap(({ data }) => data.accesses.map(({ accessId }) => accessId)),
      ...alone.map(({ id }) => id),
    ].sort();
    // Twice at the same moment, as when the broker thinks that a process that still works is gone.
    await Promise.all([
      audit.publish(accessesLogged, together),
      audit.publish(accessLogged, alone),
      audit.publish(accessesLogged, together),
      audit.publish(accessLogged, alone),
    ]);
    await audit.logged(expected.length, 60_000);
    await audit.publish(accessesLogged, together.slice(0, 5));
    await audit.publish(accessesLogged, [accessesOf('last', 2)]);
    await audit.logged(expected.length + 2);
    const entries = await audit.entries.find({ 'subjects.clientId': { $ne: 'last' } }).toArray();
    expect(entries.map(({ eventId }) => eventId).sort()).toEqual(expected);
    expect(await audit.entries.countDocuments({})).toBe(expected.length + 2);
    const one = together[8]?.data.accesses[3];
    expect(entries.find(({ eventId }) => eventId === one?.accessId)).toMatchObject({
      actorId: 'reader-3',
      operation: 'registration.clients.get',
      subjects: [{ clientId: 't8', ground: 'own-caseload' }],
    });
    expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: expected.length + 2 });
    for (const { app } of audit.services) {
      expect((await app.get(DeadLetters).list('failing')).items).toEqual([]);
    }
  }, 90_000);

  it('gives up accesses that are told together when one of them is none, and nothing of them is in the chain', async () => {
    audit = await startAudit();
    const broken = accessesOf('c1', 3);
    Object.assign(broken.data.accesses[1] ?? {}, { at: '2026-W99' });
    const { actorId: _, ...nobody } = accessOf('c2').data;
    const incomplete = { ...accessesOf('c2', 1), data: { accesses: [{ ...nobody, accessId: 'x' }] } };
    await audit.publish<object>(accessesLogged, [broken, incomplete, accessesOf('c3', 2)]);
    await audit.logged(2);
    const letters = audit.services[0]!.app.get(DeadLetters);
    for (const { id } of [broken, incomplete]) {
      await waitFor(async () => (await letters.find(id))?.state === 'dead', { what: 'the dead letter' });
    }
    expect((await audit.entries.find({}).toArray()).map(({ subjects }) => subjects[0]?.clientId)).toEqual(['c3', 'c3']);
  });

  it('gives up an access without a moment, and goes on with the others', async () => {
    audit = await startAudit();
    const broken = accessOf('c1', { at: '2026-W99' });
    await audit.publish(accessLogged, [broken, accessOf('c1')]);
    await audit.logged(1);
    const letters = audit.services[0]!.app.get(DeadLetters);
    await waitFor(async () => (await letters.find(broken.id))?.state === 'dead');
    expect(await audit.entries.countDocuments({})).toBe(1);
  });
});
