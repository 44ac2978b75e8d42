import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyLog } from '#contracts/audit/access-log.js';
import { accessLogged } from '#contracts/audit/access-logged.js';
import { append, GENESIS } from '../chain/chain.js';
import { accessOf, callerAs, type RunningAudit, startAudit } from '../test-support/running-audit.js';
import { LogVerifier } from './log-verifier.js';
import { LogRepository } from './log.repository.js';

let audit: RunningAudit;
const operator = callerAs('beheerder');

beforeAll(async () => {
  audit = await startAudit();
  const events = Array.from({ length: 35 }, (_, index) => accessOf(`c${index}`));
  await audit.publish(accessLogged, events);
  await audit.logged(35);
});
afterAll(() => audit.close());

/** Does something to the database behind the service's back, verifies, and puts it back as it was. */
async function tampered(change: () => Promise<unknown>): Promise<unknown> {
  const kept = await Promise.all([
    audit.entries.find({}).toArray(),
    audit.heads.find({}).toArray(),
    audit.checkpoints.find({}).toArray(),
  ]);
  await change();
  const answer = await audit.ask(operator, verifyLog, {});
  await audit.entries.deleteMany({});
  await audit.heads.deleteMany({});
  await audit.checkpoints.deleteMany({});
  await audit.entries.insertMany(kept[0]);
  await audit.heads.insertMany(kept[1]);
  await audit.checkpoints.insertMany(kept[2]);
  expect(await audit.ask(operator, verifyLog, {})).toMatchObject({ intact: true, entries: 35 });
  return answer;
}

function brokenAt(entryId: number, fault: string): object {
  return { intact: false, brokenAt: expect.objectContaining({ entryId: String(entryId), fault }) };
}

describe('verification', () => {
  it('finds a changed field at its entry', async () => {
    const answer = await tampered(() => audit.entries.updateOne({ _id: 17 }, { $set: { actorId: 'somebody-else' } }));
    expect(answer).toMatchObject(brokenAt(17, 'altered'));
    expect(answer).toMatchObject({ verifiedUntil: 16, brokenAt: { at: expect.any(String) } });
  });

  it('finds a field that was put in, a moment that was moved and a client that was taken out', async () => {
    expect(await tampered(() => audit.entries.updateOne({ _id: 4 }, { $set: { note: 'x' } }))).toMatchObject(
      brokenAt(4, 'altered'),
    );
    expect(await tampered(() => audit.entries.updateOne({ _id: 5 }, { $set: { at: new Date(0) } }))).toMatchObject(
      brokenAt(5, 'altered'),
    );
    expect(await tampered(() => audit.entries.updateOne({ _id: 6 }, { $set: { subjects: [] } }))).toMatchObject(
      brokenAt(6, 'altered'),
    );
  });

  it('finds a removed entry, also at the end', async () => {
    expect(await tampered(() => audit.entries.deleteOne({ _id: 12 }))).toMatchObject(brokenAt(12, 'missing'));
    expect(await tampered(() => audit.entries.deleteOne({ _id: 35 }))).toMatchObject(brokenAt(35, 'missing'));
  });

  it('finds an end that was cut off together with a head that was set back', async () => {
    const answer = await tampered(async () => {
      const entry = await audit.entries.findOne({ _id: 33 });
      await audit.entries.deleteMany({ _id: { $gt: 33 } });
      await audit.heads.updateOne({ _id: 'head' }, { $set: { sequence: 33, hash: entry!.hash } });
    });
    expect(answer).toMatchObject(brokenAt(33, 'head'));
  });

  it('finds a chain that was computed anew by somebody without the key, at the first checkpoint after the change', async () => {
    const answer = await tampered(async () => {
      const repository = audit.services[0]!.app.get(LogRepository, { strict: false });
      const found = await audit.entries.find({}).sort({ _id: 1 }).toArray();
      const accesses = found.map(({ _id, at, previousHash: _p, hash: _h, ...rest }) => ({
        ...rest,
        at: at.toISOString(),
        actorId: _id === 14 ? 'somebody-else' : rest.actorId,
      }));
      const forged = append(GENESIS, accesses);
      for (const { sequence, hash, previousHash, actorId } of forged) {
        await audit.entries.updateOne({ _id: sequence }, { $set: { hash, previousHash, actorId } });
        await audit.checkpoints.updateOne({ _id: sequence }, { $set: { hash } });
      }
      await audit.heads.updateOne({ _id: 'head' }, { $set: { hash: forged.at(-1)!.hash } });
      expect((await repository.head()).hash).toBe(forged.at(-1)!.hash);
    });
    expect(answer).toMatchObject(brokenAt(20, 'checkpoint'));
  });

  it('finds a checkpoint that was taken away, and an entry behind the head', async () => {
    expect(await tampered(() => audit.checkpoints.deleteOne({ _id: 30 }))).toMatchObject(brokenAt(30, 'checkpoint'));
    const answer = await tampered(async () => {
      const last = await audit.entries.findOne({ _id: 35 });
      await audit.entries.insertOne({ ...last!, _id: 36, eventId: 'behind' });
    });
    expect(answer).toMatchObject(brokenAt(36, 'beyond-head'));
  });

  it('goes in parts: each answer tells where to go on', async () => {
    const verifier = audit.services[0]!.app.get(LogVerifier, { strict: false });
    const progress: number[] = [];
    const answer = await verifier.verify(1, { budgetMs: 0, onProgress: (walked) => progress.push(walked) });
    expect(answer).toMatchObject({ intact: true, verifiedUntil: 35 });
    expect(progress).toEqual([35]);
    expect(await audit.ask(operator, verifyLog, { from: 20 })).toMatchObject({ intact: true, verifiedUntil: 35 });
    expect(await audit.ask(operator, verifyLog, { from: 99 })).toMatchObject(brokenAt(98, 'missing'));
  });

  it('is for operators', async () => {
    await expect(audit.ask(callerAs('beleid'), verifyLog, {})).rejects.toMatchObject({ code: 'not-permitted' });
  });
});
