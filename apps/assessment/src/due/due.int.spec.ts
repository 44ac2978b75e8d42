import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { getDueSettings, listDueSettings, updateDueSettings } from '#contracts/assessment/due.js';
import { zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { type MeasurementInput, startMeasurement, submitMeasurement } from '#contracts/assessment/measurements.js';
import { deadlineRequests } from '#contracts/deadlines.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { DueItemsRepository } from '#deadlines/due-items.repository.js';
import { waitFor } from '#testing/wait-for.js';
import { knownVersions } from '../matrix/known-versions.js';
import {
  clientmanagerOf,
  CLUSTER,
  INSTITUTION,
  personWith,
  RunningAssessment,
} from '../test-support/running-assessment.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import { DuePlansRepository } from './due-plans.repository.js';
import { d } from './due-world.fixture.js';

const manager = clientmanagerOf();
const operator = personWith('beheerder');
const scores = (knownVersions.find(({ code }) => code === '2017')?.domains ?? []).map(({ code: domain }) => {
  return { domain, score: 3 as const };
});

describe('due dates in the service', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    await running.add();
    running.setNow('2026-01-10T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const fill = async (clientId: string, kind: MeasurementInput['kind'], date: string): Promise<void> => {
    const content = { kind, date: d(date), matrixVersion: '2017', scores };
    const { measurementId, version } = await running.ask(manager, startMeasurement, { clientId, ...content });
    const command = { clientId, measurementId, expectedVersion: version, ...content };
    expect(await running.ask(manager, submitMeasurement, command)).toMatchObject({ outcome: 'accepted' });
  };

  /** Lets the time come, in every process, and waits until everything that is due then has happened. */
  const pass = async (instant: string): Promise<void> => {
    running.setNow(instant);
    await waitFor(
      async () => {
        await Promise.all(running.services.map(({ app }) => app.get(Deadlines, { strict: false }).sweep()));
        return (await running.get(DueItemsRepository).oldestOverdue()) === undefined;
      },
      { timeout: 20_000, what: `everything due at ${instant}` },
    );
  };

  const toldOf = async (clientId: string): Promise<string[]> => {
    const facts = (await running.facts(zrmDueChanged)).filter((fact) => fact.clientId === clientId);
    expect(facts.map(({ version }) => version)).toEqual(facts.map((_, index) => index + 1));
    return facts.map(({ due, change, step = '', audience, because = '' }) => {
      return [due, change, step, because, audience.join('+')].filter((text) => text !== '').join(' ');
    });
  };

  it('reminds step by step of a baseline after an arrival, each once, until it is filled in', async () => {
    await running.housed('steps', [{ from: '2026-01-10' }]);
    expect((await running.get(ClientsRepository).find('steps'))?.due?.open).toMatchObject([
      { kind: 'baseline', dueOn: '2026-02-10' },
      { kind: 'target', dueOn: '2026-03-10' },
    ]);
    await pass('2026-01-27T07:59:00Z');
    expect(await toldOf('steps')).toEqual([]);
    await pass('2026-01-27T08:01:00Z');
    await pass('2026-02-10T08:01:00Z');
    await pass('2026-02-17T08:01:00Z');
    expect(await toldOf('steps')).toEqual([
      'baseline ahead ahead clientmanager',
      'baseline on-time due clientmanager',
      'baseline late late clientmanager',
    ]);
    await fill('steps', 'baseline', '2026-02-17');
    await pass('2026-02-24T08:01:00Z');
    expect((await toldOf('steps')).slice(3)).toEqual([
      'baseline settled filled-in',
      'target ahead ahead clientmanager',
    ]);
    const [first] = await running.facts(zrmDueChanged);
    expect(first).toMatchObject({ dueOn: '2026-02-10', clusterId: CLUSTER, organisationId: INSTITUTION });
  }, 60_000);

  it('tells the regisseur too at the last step, and nothing after the client left', async () => {
    await running.housed('leaver', [{ from: '2026-02-24' }]);
    await pass('2026-04-07T08:01:00Z');
    // The processes were away at the earlier steps: only the last is sent.
    expect(await toldOf('leaver')).toEqual(['baseline late escalated clientmanager+trajectregisseur']);
    await running.housed('leaver', [{ from: '2026-02-24', until: '2026-04-10' }], { kind: 'departure' });
    await pass('2026-04-11T08:00:00Z');
    await pass('2026-06-30T08:00:00Z');
    expect((await toldOf('leaver')).slice(1)).toEqual(['baseline settled left']);
    expect((await running.get(DuePlansRepository).find('leaver'))?.nextAt).toBeNull();
  }, 60_000);

  it('reminds each client once, also when Redis is wiped and two processes are at it', async () => {
    const clients = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    for (const clientId of clients) await running.housed(clientId, [{ from: '2026-06-30' }]);
    const redis = new Redis(running.config.REDIS_URL);
    const keys = await redis.keys(`${running.config.DATABASE_PREFIX}doorstroom_assessment:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
    await pass('2026-07-16T07:01:00Z');
    for (const clientId of clients) expect(await toldOf(clientId)).toEqual(['baseline ahead ahead clientmanager']);
  }, 60_000);

  it('follows other settings of the region, for all clients, and tells nothing of what lay before', async () => {
    await running.housed('region', [{ from: '2026-07-16' }]);
    const before = await running.ask(operator, getDueSettings, {});
    expect(before).toMatchObject({ version: 0, settings: { baselineTerm: { months: 1 } } });
    const audience: ['clientmanager'] = ['clientmanager'];
    const ladder = [
      { step: 'first', days: -28, audience },
      { step: 'ahead', days: -3, audience },
    ];
    const changed = await running.ask(operator, updateDueSettings, { expectedVersion: 0, ladder });
    expect(changed).toMatchObject({ version: 1, changedBy: 'beheerder', replanning: { done: 0 } });
    const done = await waitFor(
      async () => {
        const { replanning } = await running.ask(operator, getDueSettings, {});
        return replanning?.finishedAt === undefined ? undefined : replanning;
      },
      { timeout: 20_000, what: 'all plans to be made anew' },
    );
    expect(done.total).toBeGreaterThanOrEqual(14);
    expect(done.done).toBe(done.total);
    // 16 August less 28 days is 19 July; the ladder of before said 2 August.
    await pass('2026-07-19T07:01:00Z');
    expect(await toldOf('region')).toEqual(['baseline ahead first clientmanager']);
    await pass('2026-08-02T07:01:00Z');
    expect(await toldOf('region')).toHaveLength(1);
    // Due on 30 July: nothing but the step that was to come, and none of those that the new ladder puts into the past.
    expect(await toldOf('many-0')).toEqual(['baseline ahead ahead clientmanager', 'target ahead first clientmanager']);
    const { items } = await running.ask(operator, listDueSettings, {});
    expect(items.map(({ version, changedBy }) => [version, changedBy])).toEqual([[1, 'beheerder']]);
  }, 60_000);

  it('refuses settings that cannot be, or that somebody else changed meanwhile', async () => {
    const refused = (change: object) =>
      running.ask(operator, updateDueSettings, change).catch((error: unknown) => error);
    expect(await refused({ expectedVersion: 0, intervalMonths: 4 })).toMatchObject({ code: 'stale-version' });
    expect(await refused({ baselineTerm: { days: 0 } })).toMatchObject({ code: 'due-term-empty' });
    await expect(running.ask(manager, updateDueSettings, { intervalMonths: 4 })).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });

  it('shows an operator what is due, and no client', async () => {
    const { list, overview } = deadlineRequests('assessment');
    expect((await running.ask(operator, overview, {})).kinds).toContainEqual(
      expect.objectContaining({ kind: 'zrm-reminder', late: 0, failed: 0, handled: true }),
    );
    const due = await running.ask(operator, list, { state: 'due', limit: 200 });
    expect(due.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(due)).not.toMatch(/region|many-|steps/);
  });
});
