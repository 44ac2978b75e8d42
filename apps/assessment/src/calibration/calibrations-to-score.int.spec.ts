import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  closeCalibration,
  countCalibrationsToScore,
  inviteRaters,
  listCalibrations,
  type PlanCalibration,
  planCalibration,
  scoreCalibration,
  withdrawRater,
} from '#contracts/assessment/calibration-sessions.js';
import { accessLogged } from '#contracts/audit/access-logged.js';
import { type Role, roles } from '#contracts/codes.js';
import type { Caller } from '#contracts/caller.js';
import { knownVersions } from '../matrix/known-versions.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { refusedBy } from '../test-support/filling-in.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';

const regisseur = regisseurOf();
const ann = clientmanagerOf('haven', 'ann');
const bob = clientmanagerOf('brug', 'bob');
const domains = knownVersions.find(({ code }) => code === '2017')?.domains ?? [];
const story = { kind: 'vignette' as const, title: 'Vignet', text: 'Een verhaal.' };

describe('what waits for a rater', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const plan = async (change: Partial<PlanCalibration> = {}): Promise<string> => {
    const command = { matrixVersion: '2017', cases: [story, story], personIds: ['ann', 'bob'], ...change };
    return (await running.ask(regisseur, planCalibration, command)).sessionId;
  };
  const score = (caller: Caller, sessionId: string, caseId: string) => {
    const scores = domains.map(({ code }) => ({ domain: code, score: 3 as const }));
    return running.ask(caller, scoreCalibration, { sessionId, caseId, expectedVersion: 0, scores });
  };
  /** What is told, after looking whether the list has exactly as many. */
  const waiting = async (caller: Caller) => {
    const told = await running.ask(caller, countCalibrationsToScore, {});
    const { items } = await running.ask(caller, listCalibrations, { toScore: true, limit: 200 });
    expect(items).toHaveLength(told.sessions);
    return told;
  };

  it('is each open session until everything in it is scored, with the first day by which to score', async () => {
    expect(await waiting(ann)).toEqual({ sessions: 0, late: 0 });
    const first = await plan({ scoreBy: d('2026-06-20') });
    await plan();
    const soon = await plan({ scoreBy: d('2026-06-17') });
    expect(await waiting(ann)).toEqual({ sessions: 3, late: 0, scoreBy: '2026-06-17' });
    await score(ann, soon, 'case-1');
    expect(await waiting(ann)).toMatchObject({ sessions: 3, scoreBy: '2026-06-17' });
    await score(ann, soon, 'case-2');
    expect(await waiting(ann)).toEqual({ sessions: 2, late: 0, scoreBy: '2026-06-20' });
    // Others have their own; who plans has nothing to score.
    expect(await waiting(bob)).toMatchObject({ sessions: 3, scoreBy: '2026-06-17' });
    expect(await waiting(regisseur)).toEqual({ sessions: 0, late: 0 });

    running.setNow('2026-06-20T21:59:00Z');
    expect(await waiting(bob)).toMatchObject({ sessions: 3, late: 1 });
    running.setNow('2026-06-20T22:01:00Z');
    expect(await waiting(bob)).toMatchObject({ sessions: 3, late: 2, scoreBy: '2026-06-17' });
    await running.ask(regisseur, closeCalibration, { sessionId: first, expectedVersion: 1 });
    expect(await waiting(bob)).toMatchObject({ sessions: 2, late: 1 });
  }, 60_000);

  it('follows who is invited, and whose invitation is taken back', async () => {
    const eve = clientmanagerOf('haven', 'eve');
    const sessionId = await plan();
    expect(await waiting(eve)).toMatchObject({ sessions: 0 });
    await running.ask(regisseur, inviteRaters, { sessionId, expectedVersion: 1, personIds: ['eve'] });
    expect(await waiting(eve)).toEqual({ sessions: 1, late: 0 });
    await running.ask(regisseur, withdrawRater, { sessionId, expectedVersion: 2, personId: 'eve' });
    expect(await waiting(eve)).toMatchObject({ sessions: 0 });
  });

  it('is no session about a client whom the rater may not see, and looking is no access to a client', async () => {
    await running.housed('noor', [{ from: '2026-01-10' }]);
    const before = { ann: await waiting(ann), bob: await waiting(bob) };
    await plan({ cases: [{ kind: 'client', clientId: 'noor' }] });
    const counted = async (caller: Caller) => (await running.ask(caller, countCalibrationsToScore, {})).sessions;
    const accesses = (await running.facts(accessLogged)).length;
    expect(await counted(ann)).toBe(before.ann.sessions + 1);
    expect(await counted(bob)).toBe(before.bob.sessions);
    expect(await running.facts(accessLogged)).toHaveLength(accesses);
  });

  it('is counted past the first batch of sessions', async () => {
    const before = await waiting(bob);
    for (let count = 0; count < 25; count += 1) await plan();
    expect((await waiting(bob)).sessions).toBe(before.sessions + 25);
  }, 60_000);

  it.each(roles.filter((role): role is Role => role !== 'clientmanager' && role !== 'trajectregisseur'))(
    'is not for a %s',
    async (role) => {
      expect(await refusedBy(running.ask(personWith(role), countCalibrationsToScore, {}))).toEqual(['not-permitted']);
    },
  );
});
