import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessLogged } from '#contracts/audit/access-logged.js';
import { buildServer } from '../../../deploy/local/build.ts';
import { accessOf, type RunningAudit, startAudit } from './test-support/running-audit.js';

let audit: RunningAudit;

beforeAll(async () => {
  await buildServer();
  audit = await startAudit();
  await audit.publish(
    accessLogged,
    Array.from({ length: 12 }, (_, index) => accessOf(`c${index}`)),
  );
  await audit.logged(12);
}, 60_000);
afterAll(() => audit.close());

/** Runs the command as an operator does. */
async function verify(changes: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; out: string; err: string }> {
  const { MONGO_URL, DATABASE_PREFIX, AUDIT_SEAL_KEY } = audit.config;
  const child = spawn(process.execPath, ['dist/apps/audit/src/verify.js'], {
    env: {
      PATH: process.env['PATH'],
      MONGO_URL,
      DATABASE_PREFIX,
      AUDIT_SEAL_KEY,
      AUDIT_CHECKPOINT_EVERY: '10',
      ...changes,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

describe('the verification from the command line', () => {
  it('says that the log is intact, with progress beside it', async () => {
    const { code, out, err } = await verify();
    expect({ code, outcome: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      outcome: { intact: true, entries: 12, verifiedUntil: 12 },
    });
    expect(err).toContain('verified 12 of 12');
  });

  it('says in one line what is wrong with its environment', async () => {
    const { code, out, err } = await verify({ AUDIT_SEAL_KEY: 'short' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^The log was not verified: .*AUDIT_SEAL_KEY[^\n]*\n$/);
    expect(err).not.toContain('short');
  });

  it('finds a seal that was made with another key', async () => {
    const { code, out } = await verify({ AUDIT_SEAL_KEY: Buffer.alloc(32).toString('base64') });
    expect({ code, outcome: JSON.parse(out) as unknown }).toMatchObject({
      code: 1,
      outcome: { intact: false, brokenAt: { entryId: '10', fault: 'checkpoint' } },
    });
  });

  it('points at the entry that was changed', async () => {
    await audit.entries.updateOne({ _id: 7 }, { $set: { operation: 'nothing' } });
    const { code, out } = await verify();
    expect({ code, outcome: JSON.parse(out) as unknown }).toMatchObject({
      code: 1,
      outcome: { intact: false, brokenAt: { entryId: '7', fault: 'altered' } },
    });
  });
});
