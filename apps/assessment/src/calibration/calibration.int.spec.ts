import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCalibrationFigures, getLevelDistributions } from '#contracts/assessment/calibration-figures.js';
import {
  calibrationSettingsHistory,
  getCalibrationSettings,
  updateCalibrationSettings,
} from '#contracts/assessment/calibration-settings.js';
import {
  type CalibrationScored,
  closeCalibration,
  getCalibration,
  inviteRaters,
  listCalibrations,
  type PlanCalibration,
  planCalibration,
  reopenCalibration,
  scoreCalibration,
  withdrawRater,
} from '#contracts/assessment/calibration-sessions.js';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import { startMeasurement, submitMeasurement } from '#contracts/assessment/measurements.js';
import { accessLogged } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { knownVersions } from '../matrix/known-versions.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';

const regisseur = regisseurOf();
const ann = clientmanagerOf('haven', 'ann');
const bob = clientmanagerOf('brug', 'bob');
const domains = knownVersions.find(({ code }) => code === '2017')?.domains ?? [];
const levels = (score: ZrmScore) => domains.map(({ code }) => ({ domain: code, score }));
const vignettes = (count: number): PlanCalibration['cases'] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'vignette',
    title: `Vignet ${index + 1}`,
    text: 'Een verhaal.',
  }));

describe('calibration sessions', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const plan = async (change: Partial<PlanCalibration> = {}, caller = regisseur): Promise<string> => {
    const command = { matrixVersion: '2017', cases: vignettes(1), personIds: ['ann', 'bob'], ...change };
    return (await running.ask(caller, planCalibration, command)).sessionId;
  };

  const score = (caller: Caller, sessionId: string, given: ZrmScore = 3, expectedVersion = 0, caseId = 'case-1') =>
    running.ask(caller, scoreCalibration, { sessionId, caseId, expectedVersion, scores: levels(given) });

  const refusalOf = async (asking: Promise<unknown>): Promise<string> => {
    const error: unknown = await asking.then(
      () => new Error('it was accepted'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof Refusal)) throw error;
    return [error.code, ...error.fields.map(({ path }) => path)].join(' ');
  };

  /** Who touched a client by a request of this feature, as `who action request`. */
  const accesses = async (clientId: string): Promise<string[]> =>
    (await running.facts(accessLogged))
      .filter(({ subjects }) => subjects.some((subject) => subject.clientId === clientId))
      .filter(({ operation }) => operation.startsWith('assessment.calibration.'))
      .map(({ actorId, action, operation }) => `${actorId} ${action} ${operation.split('.')[2] ?? ''}`);

  /** A first ZRM of a client, with one level on all domains; the client sees it brighter. */
  const fillIn = async (clientId: string, organisationId: string, level: ZrmScore): Promise<void> => {
    await running.housed(clientId, [{ from: '2026-01-10', organisationId }]);
    const scores = levels(level).map((one) => ({ ...one, clientScore: 5 as const }));
    const content = { kind: 'baseline', date: d('2026-06-10'), matrixVersion: '2017', scores } as const;
    const manager = clientmanagerOf(organisationId);
    const command = { clientId, ...content };
    const { measurementId } = await running.ask(manager, startMeasurement, command);
    await running.ask(manager, submitMeasurement, { ...command, measurementId, expectedVersion: 1 });
  };

  it('are blind until everybody scored, and then show who gave what', async () => {
    const sessionId = await plan();
    expect(await score(ann, sessionId, 2)).toEqual({ sessionId, caseId: 'case-1', version: 1, state: 'open' });
    for (const other of [bob, regisseur]) {
      const view = await running.ask(other, getCalibration, { sessionId });
      expect(view).toMatchObject({ state: 'open', scores: [], raters: [{ casesScored: 1 }, { casesScored: 0 }] });
      expect(JSON.stringify(view)).not.toContain('"score"');
    }
    expect(await score(ann, sessionId, 'not-assessed', 1)).toMatchObject({ version: 2 });
    expect(await refusalOf(score(ann, sessionId, 3, 1))).toBe('stale-version expectedVersion');
    expect(await score(bob, sessionId, 4)).toMatchObject({ state: 'closed' });
    const { scores, history, raters, agreement } = await running.ask(bob, getCalibration, { sessionId });
    expect(scores.map(({ personId, version, blind }) => [personId, version, blind])).toEqual([
      ['ann', 2, true],
      ['bob', 1, true],
    ]);
    expect(raters.map(({ organisationId }) => organisationId)).toEqual(['haven', 'brug']);
    expect(history.map(({ kind, by }) => `${kind} by ${by}`)).toEqual(['planned by regisseur', 'completed by bob']);
    expect(agreement?.[0]?.agreement).toMatchObject({ shown: false, because: 'too-few-subjects' });
    expect(await refusalOf(score(ann, sessionId, 3, 2))).toBe('calibration-closed');
  });

  it('are planned once however often the same key comes', async () => {
    const scoreBy = d('2026-06-15');
    const plannedOnce = { matrixVersion: '2017', cases: vignettes(2), personIds: ['ann', 'bob'], scoreBy };
    const command = { ...plannedOnce, idempotencyKey: 'once' };
    const planned = await Promise.all([1, 2, 3].map(() => running.ask(regisseur, planCalibration, command)));
    expect(new Set(planned.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(await refusalOf(plan({ ...command, cases: vignettes(3) }))).toBe('idempotency-key-reused');
    running.setNow('2026-06-16T10:00:00Z');
    expect(await plan(command)).toBe(planned[0]?.sessionId);
    expect(await refusalOf(plan(plannedOnce))).toBe('invalid-input scoreBy');
  });

  it('are changed by a regisseur on the version that stands, and opened again with what happened kept', async () => {
    const sessionId = await plan();
    const invited = { sessionId, expectedVersion: 1, personIds: ['cas'] };
    expect(await running.ask(regisseur, inviteRaters, invited)).toEqual({ sessionId, version: 2, state: 'open' });
    expect(await refusalOf(running.ask(regisseur, inviteRaters, invited))).toBe('stale-version expectedVersion');
    await running.ask(regisseur, withdrawRater, { sessionId, expectedVersion: 2, personId: 'cas' });
    expect(await refusalOf(score(clientmanagerOf('haven', 'cas'), sessionId))).toBe('not-found sessionId');
    expect(await refusalOf(score(regisseur, sessionId))).toBe('calibration-not-invited');
    await running.ask(regisseur, closeCalibration, { sessionId, expectedVersion: 3 });
    const reopened = { sessionId, expectedVersion: 4, reason: 'closed-too-early' } as const;
    expect(await running.ask(regisseur, reopenCalibration, reopened)).toMatchObject({ version: 5, state: 'open' });
    const { history } = await running.ask(ann, getCalibration, { sessionId });
    expect(history.map(({ kind }) => kind)).toEqual(['planned', 'invited', 'withdrawn', 'closed', 'reopened']);
  });

  it('about a client are for who may see that client, and each access is logged', async () => {
    await running.housed('noor', [{ from: '2026-01-10' }]);
    const cases: PlanCalibration['cases'] = [{ kind: 'client', clientId: 'noor' }];
    const elsewhere = regisseurOf(['cluster-9']);
    expect(await refusalOf(plan({ cases }, elsewhere))).toBe('not-found cases[0].clientId');
    const sessionId = await plan({ cases, personIds: ['ann', 'eva', 'bob'] });
    await score(ann, sessionId);
    // Being invited is no ground to see a client of another institution.
    expect(await refusalOf(score(bob, sessionId))).toBe('not-found sessionId');
    expect(await refusalOf(running.ask(elsewhere, getCalibration, { sessionId }))).toBe('not-found sessionId');
    expect((await running.ask(bob, listCalibrations, {})).items.map((one) => one.sessionId)).not.toContain(sessionId);
    expect(await running.ask(ann, getCalibration, { sessionId })).toMatchObject({ cases: [{ clientId: 'noor' }] });
    expect(await accesses('noor')).toEqual(['regisseur create plan', 'ann update score', 'ann read get']);
    expect((await running.ask(ann, listCalibrations, { state: 'open' })).items).toContainEqual(
      expect.objectContaining({ sessionId, clientIds: ['noor'], ownToScore: 0 }),
    );
    expect((await accesses('noor')).at(-1)).toBe('ann search list');
  });

  it('are listed newest first, page by page, with what the asker still has to score', async () => {
    const dee = clientmanagerOf('haven', 'dee');
    const sessions: string[] = [];
    for (const count of [1, 2, 1]) sessions.unshift(await plan({ cases: vignettes(count), personIds: ['dee', 'bob'] }));
    await score(dee, sessions[0] ?? '');
    const first = await running.ask(dee, listCalibrations, { limit: 2 });
    expect(first.items.map(({ sessionId }) => sessionId)).toEqual(sessions.slice(0, 2));
    const { nextCursor: cursor = '' } = first;
    const second = await running.ask(dee, listCalibrations, { limit: 2, cursor });
    expect(second.items.map(({ sessionId }) => sessionId)).toEqual(sessions.slice(2));
    expect(second.nextCursor).toBeUndefined();
    const toScore = await running.ask(dee, listCalibrations, { toScore: true });
    expect(toScore.items.map(({ sessionId, ownToScore }) => [sessionId, ownToScore])).toEqual([
      [sessions[1], 2],
      [sessions[2], 1],
    ]);
    expect((await running.ask(clientmanagerOf('haven', 'nobody'), listCalibrations, {})).items).toEqual([]);
    const all = await running.ask(regisseur, listCalibrations, { limit: 3 });
    expect(all.items.map(({ sessionId }) => sessionId)).toEqual(sessions);
  });

  it('close once when the last two raters score at once, with the scores of both', async () => {
    for (let round = 0; round < 3; round += 1) {
      const sessionId = await plan();
      const scored = await Promise.all([score(ann, sessionId, 2), score(bob, sessionId, 4)]);
      expect(scored.map(({ state }) => state).sort()).toEqual(['closed', 'open']);
      const { history, scores } = await running.ask(regisseur, getCalibration, { sessionId });
      expect(history.map(({ kind }) => kind)).toEqual(['planned', 'completed']);
      expect(scores.map(({ personId }) => personId)).toEqual(['ann', 'bob']);
    }
  });

  it('hold a score that was accepted while they were closed, and no score that was refused', async () => {
    for (let round = 0; round < 4; round += 1) {
      const sessionId = await plan();
      const scoring = score(ann, sessionId).then(
        (answer: CalibrationScored) => answer.state,
        (error: unknown) => (error instanceof Refusal ? error.code : 'unexpected'),
      );
      const [answer] = await Promise.all([
        scoring,
        running.ask(regisseur, closeCalibration, { sessionId, expectedVersion: 1 }),
      ]);
      const { scores, state } = await running.ask(regisseur, getCalibration, { sessionId });
      expect(state).toBe('closed');
      expect(['open', 'calibration-closed']).toContain(answer);
      expect(scores).toHaveLength(answer === 'open' ? 1 : 0);
    }
  });

  it('give figures per organisation, without numbers of cases for policy', async () => {
    // In Amsterdam it is the first of September already.
    running.setNow('2026-08-31T22:30:00Z');
    const sessionId = await plan({ cases: vignettes(10) });
    for (let index = 0; index < 10; index += 1) {
      const level = ([1, 2, 3, 4, 5] as const)[index % 5];
      const caseId = `case-${index + 1}`;
      await Promise.all([score(ann, sessionId, level, 0, caseId), score(bob, sessionId, level, 0, caseId)]);
    }
    const closed = await running.ask(regisseur, getCalibration, { sessionId });
    expect(closed.agreement?.[0]?.agreement).toMatchObject({ shown: true, measure: 'kappa', value: 1, subjects: 10 });
    const query = { from: d('2026-09-01') };
    const figures = await running.ask(regisseur, getCalibrationFigures, query);
    expect(figures).toMatchObject({ matrixVersion: '2017', sessions: 1 });
    expect(figures.items.map(({ organisationId }) => organisationId)).toEqual(['brug', 'haven']);
    expect(figures.items[0]?.domains).toHaveLength(13);
    expect(figures.items[0]?.domains[0]?.agreement).toMatchObject({ shown: true, value: 1, subjects: 10, leftOut: 0 });
    const policy = await running.ask(personWith('beleid'), getCalibrationFigures, query);
    expect(policy.items[0]?.domains[0]?.agreement).toEqual(
      expect.not.objectContaining({ subjects: expect.anything(), leftOut: expect.anything() }),
    );
    const none = await running.ask(regisseur, getCalibrationFigures, { from: d('2026-09-02') });
    expect(none).toMatchObject({ sessions: 0, items: [] });
    const wrong = { from: d('2026-09-02'), until: d('2026-09-02') };
    expect(await refusalOf(running.ask(regisseur, getCalibrationFigures, wrong))).toBe('date-order until');
    const unknown = running.ask(regisseur, getCalibrationFigures, { matrixVersion: 'parenthood' });
    expect(await refusalOf(unknown)).toBe('invalid-input matrixVersion');
  });

  it('stand beside the levels that each institution gives, suppressed under five clients', async () => {
    const given = ['haven', 'haven', 'haven', 'haven', 'haven', 'haven', 'brug'];
    await Promise.all(given.map((institution, index) => fillIn(`client-${index}`, institution, index === 0 ? 1 : 3)));
    const { items } = await running.ask(regisseur, getLevelDistributions, {});
    expect(items.map(({ organisationId }) => organisationId)).toEqual(['brug', 'haven']);
    expect(items[0]?.domains[3]).toMatchObject({ domain: 'housing', professional: { shown: false } });
    expect(items[1]?.domains[3]).toMatchObject({
      professional: { shown: true, assessed: 6, counts: { 1: 1, 3: 5 } },
      client: { shown: true, counts: { 5: 6 } },
      agreement: { shown: false, because: 'too-few-subjects', subjects: 6 },
    });
    expect((await running.ask(regisseur, getLevelDistributions, { since: d('2026-06-11') })).items).toEqual([]);
  });

  it('tell policy of levels as they were at the last quarter that was fixed, without a choice of days', async () => {
    const policy = personWith('beleid');
    const ask = () => running.ask(policy, getLevelDistributions, {});
    const told = await ask();
    expect(told).toMatchObject({ matrixVersion: '2017', asOf: '2026-09-01' });
    expect(told.items[1]?.domains[3]?.professional).toEqual({ shown: 'in-part', counts: { 3: 5 } });
    const chosen = running.ask(policy, getLevelDistributions, { since: d('2026-06-01') });
    expect(await refusalOf(chosen)).toBe('zrm-levels-fixed since');
    expect((await running.ask(policy, getLevelDistributions, { matrixVersion: '2013' })).items).toEqual([]);

    running.setNow('2026-10-31T22:30:00Z');
    await fillIn('client-7', 'haven', 3);
    expect(await ask()).toEqual(told);
    running.setNow('2026-10-31T23:30:00Z');
    const next = await ask();
    expect(next).toMatchObject({ asOf: '2026-11-01' });
    expect(next.items[1]?.domains[3]?.professional).toEqual({ shown: 'in-part', counts: { 3: 6 } });
  });

  it('show figures from as many on as the region says, whose settings are kept version by version', async () => {
    const operator = personWith('beheerder');
    const before = { minimums: { subjects: 10, clients: 5 }, version: 0 };
    expect(await running.ask(personWith('beleid'), getCalibrationSettings, {})).toEqual(before);
    const { items: sessions } = await running.ask(regisseur, listCalibrations, { state: 'closed' });
    const { sessionId } = sessions.find(({ cases }) => cases === 10) ?? { sessionId: '' };
    const shown = async () => {
      const session = await running.ask(regisseur, getCalibration, { sessionId });
      const figures = await running.ask(regisseur, getCalibrationFigures, { from: d('2026-09-01') });
      const levelsOf = await running.ask(regisseur, getLevelDistributions, {});
      return [
        session.agreement?.[0]?.agreement.shown,
        figures.items[0]?.domains[0]?.agreement.shown,
        levelsOf.items[1]?.domains[3]?.professional.shown,
      ];
    };
    expect(await shown()).toEqual([true, true, true]);
    const update = (change: object, by = operator) =>
      running.ask(by, updateCalibrationSettings, { expectedVersion: 0, ...change });
    const outcomes = await Promise.allSettled([update({ subjects: 11 }), update({ subjects: 12 })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [won] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toMatchObject({ version: 1, changedBy: 'beheerder', minimums: { clients: 5 } });
    expect(await shown()).toEqual([false, false, true]);
    expect(await refusalOf(update({ clients: 6 }))).toBe('stale-version');
    expect(await refusalOf(update({ clients: 6 }, regisseur))).toBe('not-permitted');
    await update({ expectedVersion: 1, clients: 8, subjects: 10 });
    expect(await shown()).toEqual([true, true, false]);
    const { items } = await running.ask(regisseur, calibrationSettingsHistory, {});
    expect(items.map(({ version }) => version)).toEqual([2, 1, 0]);
    expect(items.at(-1)).toEqual(before);
  });

  it('refuse whoever has nothing to do with them', async () => {
    const sessionId = await plan();
    expect(await refusalOf(running.ask(clientmanagerOf('haven', 'x'), getCalibration, { sessionId }))).toBe(
      'not-found sessionId',
    );
    expect(await refusalOf(plan({}, ann))).toBe('not-permitted');
    expect(await refusalOf(running.ask(ann, getLevelDistributions, {}))).toBe('not-permitted');
    for (const role of ['beleid', 'beheerder'] as const) {
      expect(await refusalOf(running.ask(personWith(role), listCalibrations, {}))).toBe('not-permitted');
    }
  });
});
