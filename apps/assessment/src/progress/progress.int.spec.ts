import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getProgress, type ListZrmClients, listZrmClients, type ZrmClient } from '#contracts/assessment/clients.js';
import type { MeasurementKind, ZrmScore } from '#contracts/assessment/codes.js';
import { zrmSubmitted } from '#contracts/assessment/facts.js';
import {
  correctMeasurement,
  listMeasurements,
  startMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import {
  getProgressSettings,
  progressSettingsHistory,
  updateProgressSettings,
} from '#contracts/assessment/progress-settings.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { waitFor } from '#testing/wait-for.js';
import {
  clientmanagerOf,
  CLUSTER,
  personWith,
  regisseurOf,
  RunningAssessment,
} from '../test-support/running-assessment.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import { zrm } from './progress-world.fixture.js';

const manager = clientmanagerOf();
const operator = personWith('beheerder');

type Scores = Readonly<Record<string, ZrmScore>>;

describe('progress of clients', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-10-15T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  /** Fills in and submits. */
  const fill = async (clientId: string, kind: MeasurementKind, date: string, scores: Scores): Promise<string> => {
    const content = { kind, date: d(date), matrixVersion: '2017', scores: [...zrm(kind, date, scores).content.scores] };
    const answered = ['baseline-again' as const, 'target-below-baseline' as const];
    const { id, ...answer } = await fillIn(running, manager, clientId, content, answered);
    expect(answer).toMatchObject({ outcome: 'accepted' });
    return id;
  };

  const listed = async (query: Omit<ListZrmClients, 'cursor'>, caller: Caller = manager): Promise<string[]> =>
    (await ask(caller, query)).map(({ clientId }) => clientId);

  const ask = async (caller: Caller, query: Omit<ListZrmClients, 'cursor'>): Promise<ZrmClient[]> => {
    const clients: ZrmClient[] = [];
    let cursor: string | undefined;
    do {
      const page = await running.ask(caller, listZrmClients, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      clients.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return clients;
  };

  it('says whether a client moves and why, now and as it was', async () => {
    await running.housed('noor', [{ from: '2026-01-10' }]);
    await fill('noor', 'baseline', '2026-01-20', { housing: 2, finances: 2 });
    await fill('noor', 'target', '2026-01-20', { housing: 4, finances: 3 });
    await fill('noor', 'periodic', '2026-04-20', { housing: 3, finances: 2 });
    await fill('noor', 'periodic', '2026-07-20', { housing: 2, finances: 3 });
    const progress = await running.ask(regisseurOf(), getProgress, { clientId: 'noor' });
    expect(progress).toMatchObject({
      clientId: 'noor',
      settingsVersion: 0,
      direction: 'mixed',
      position: 0.5,
      targetsSet: 2,
      targetsReached: 1,
      findings: [
        {
          kind: 'drop',
          ruleId: 'drop-of-one',
          domain: 'housing',
          from: 3,
          to: 2,
          before: '2026-04-20',
          since: '2026-07-20',
        },
        { kind: 'target-reached', domain: 'finances', from: 2, to: 3, target: 3, since: '2026-07-20' },
      ],
    });
    const older = await running.ask(manager, getProgress, { clientId: 'noor', matrixVersion: '2013' });
    expect(older.domains.map(({ domain }) => domain)).toContain('addiction');
    const unknown = running.ask(manager, getProgress, { clientId: 'noor', matrixVersion: 'parenthood' });
    expect(await refusedBy(unknown)).toEqual(['matrixVersion: zrm-version-unknown']);
    const before = await running.ask(manager, getProgress, { clientId: 'noor', asOf: d('2026-05-01') });
    expect(before).toMatchObject({ direction: 'up', position: 0.25, findings: [] });
    const facts = (await running.facts(zrmSubmitted)).filter(({ clientId }) => clientId === 'noor');
    expect(
      facts.map(({ version, kind, findings }) => [version, kind, findings.map((finding) => finding.kind)]),
    ).toEqual([
      [1, 'baseline', []],
      [2, 'target', []],
      [3, 'periodic', []],
      [4, 'periodic', ['drop', 'target-reached']],
    ]);
    expect(JSON.stringify(facts)).not.toMatch(/"(from|to|level|score)"/);
  });

  it('tells a finding once, however often the ZRM is corrected', async () => {
    await running.housed('mend', [{ from: '2026-01-10' }]);
    await fill('mend', 'baseline', '2026-01-20', { housing: 3 });
    const measurementId = await fill('mend', 'periodic', '2026-10-10', { housing: 2 });
    const correct = async (expectedVersion: number, housing: ZrmScore) => {
      const { scores } = zrm('periodic', '2026-10-10', { housing }).content;
      const content = { kind: 'periodic' as const, date: d('2026-10-10'), matrixVersion: '2017', scores: [...scores] };
      const command = { clientId: 'mend', measurementId, expectedVersion, reason: 'typing-error' as const, ...content };
      await running.ask(manager, correctMeasurement, command);
    };
    await correct(2, 3);
    expect((await running.ask(manager, getProgress, { clientId: 'mend' })).findings).toEqual([]);
    await correct(3, 1);
    const facts = (await running.facts(zrmSubmitted)).filter(({ clientId }) => clientId === 'mend');
    expect(facts.map(({ change, findings }) => [change, findings.length])).toEqual([
      ['submitted', 0],
      ['submitted', 1],
      ['corrected', 0],
      ['corrected', 0],
    ]);
  });

  describe('lists', () => {
    beforeAll(async () => {
      const elsewhere = { organisationId: 'brug', clusterId: 'cluster-9' };
      await running.housed('l-new', [{ from: '2026-09-01' }]);
      await running.housed('l-half', [{ from: '2026-08-01', clusterId: 'cluster-2' }]);
      await running.housed('l-drop', [{ from: '2026-01-01' }]);
      await running.housed('l-still', [{ from: '2026-01-02' }]);
      await running.housed('l-left', [{ from: '2026-01-03', until: '2026-10-01' }]);
      await running.housed('l-leaving', [{ from: '2026-01-04', until: '2026-12-01' }]);
      await running.housed('l-brug', [{ from: '2026-01-05', ...elsewhere }]);
      await running.recordChanged('l-file', { change: 'registered', version: 1, organisationId: 'haven' });
      await fill('l-half', 'baseline', '2026-08-10', { housing: 2 });
      await fill('l-drop', 'baseline', '2026-01-10', { housing: 2 });
      await fill('l-drop', 'target', '2026-01-10', { housing: 4 });
      await fill('l-drop', 'periodic', '2026-04-10', { housing: 1 });
      for (const date of ['2026-01-10', '2026-04-11', '2026-07-11']) {
        await fill('l-still', date === '2026-01-10' ? 'baseline' : 'periodic', date, { housing: 2 });
      }
      await fill('l-left', 'baseline', '2026-01-10', { housing: 2 });
    }, 60_000);

    const ours = (ids: readonly string[]) => ids.filter((id) => id.startsWith('l-'));

    it('name who lacks a baseline or a target: only who is in the chain today, longest first', async () => {
      expect(ours(await listed({ list: 'no-baseline', limit: 1 }))).toEqual(['l-leaving', 'l-new']);
      expect(ours(await listed({ list: 'no-target', limit: 2 }))).toEqual(['l-still', 'l-leaving', 'l-half', 'l-new']);
      expect(ours(await listed({ list: 'all' }))).toEqual(['l-drop', 'l-still', 'l-leaving', 'l-half', 'l-new']);
      expect(ours(await listed({ list: 'no-target', clusterId: 'cluster-2' }))).toEqual(['l-half']);
      expect(await listed({ list: 'no-target', organisationId: 'brug' })).toEqual([]);
    });

    it('name who changed, the newest ZRM first, by kind of finding', async () => {
      const changed = await ask(manager, { list: 'changed', limit: 1 });
      expect(ours(changed.map(({ clientId }) => clientId))).toEqual(['l-still', 'l-drop']);
      expect(changed.find(({ clientId }) => clientId === 'l-drop')).toEqual({
        clientId: 'l-drop',
        organisationId: 'haven',
        clusterId: CLUSTER,
        since: '2026-01-01',
        lacks: [],
        latest: { measurementId: expect.any(String), kind: 'periodic', date: '2026-04-10' },
        hasParticulars: false,
        direction: 'down',
        position: 0,
        targetsSet: 1,
        targetsReached: 0,
        findings: [expect.objectContaining({ kind: 'drop', domain: 'housing', from: 2, to: 1 })],
        due: [expect.objectContaining({ kind: 'periodic', dueOn: '2026-07-10', daysLate: 97 })],
        drafts: [],
      });
      expect(ours(await listed({ list: 'changed', finding: 'stagnation' }))).toEqual(['l-still']);
    });

    it('show everybody their own clients and nobody else theirs', async () => {
      expect(await listed({ list: 'all' }, clientmanagerOf('brug'))).toEqual(['l-brug']);
      expect(await listed({ list: 'all' }, regisseurOf(['cluster-9']))).toEqual(['l-brug']);
      expect(await listed({ list: 'all' }, regisseurOf([], ['l-new']))).toEqual(['l-new']);
      expect(await listed({ list: 'all' }, regisseurOf([]))).toEqual([]);
      for (const role of ['beheerder', 'beleid', 'wijkteam'] as const) {
        expect(await refusedBy(listed({ list: 'all' }, personWith(role)))).toEqual(['not-permitted']);
      }
      expect(await refusedBy(listed({ list: 'all' }, { ...manager, kind: 'system' }))).toEqual(['not-permitted']);
      const other = running.ask(clientmanagerOf('brug'), getProgress, { clientId: 'l-drop' });
      expect(await refusedBy(other)).toEqual(['not-found']);
    });

    it('follow the records of one person when they are merged and taken apart', async () => {
      await running.housed('m-old', [{ from: '2026-02-01' }]);
      await fill('m-old', 'baseline', '2026-02-10', { housing: 3 });
      await fill('m-old', 'periodic', '2026-05-10', { housing: 2 });
      const begun = whole('periodic', '2026-08-10');
      const { measurementId } = await running.ask(manager, startMeasurement, { clientId: 'm-old', ...begun });
      await running.housed('m-new', [{ from: '2026-02-01' }]);
      expect(await listed({ list: 'no-baseline' })).toContain('m-new');
      await running.housed('m-old', [], { kind: 'merge' });
      await running.recordChanged('m-old', { change: 'merged', version: 1, mergedInto: 'm-new' });
      expect(await listed({ list: 'no-baseline' })).not.toContain('m-new');
      expect(await listed({ list: 'changed', finding: 'drop' })).toEqual(expect.arrayContaining(['m-new']));
      expect(await listed({ list: 'all' })).not.toContain('m-old');
      expect((await running.ask(manager, getProgress, { clientId: 'm-new' })).latest?.date).toBe('2026-05-10');
      // What was begun under the record that was merged stays of that record, whoever goes on with it.
      const submit = { clientId: 'm-new', measurementId, expectedVersion: 1, ...begun };
      expect(await running.ask(manager, submitMeasurement, submit)).toMatchObject({ outcome: 'accepted' });
      const more = { clientId: 'm-old', kind: 'periodic' as const, matrixVersion: '2017', scores: [] };
      expect(await refusedBy(running.ask(manager, startMeasurement, more))).toEqual(['client-merged-away']);
      await running.recordChanged('m-old', { change: 'unmerged', version: 2 });
      await waitFor(async () => (await listed({ list: 'no-baseline' })).includes('m-new'), { what: 'the unmerge' });
      expect((await running.ask(manager, listMeasurements, { clientId: 'm-new' })).items).toEqual([]);
      const { items } = await running.ask(manager, listMeasurements, { clientId: 'm-old' });
      expect(items.map(({ date, clientId }) => [date, clientId])).toEqual([
        ['2026-08-10', 'm-old'],
        ['2026-05-10', 'm-old'],
        ['2026-02-10', 'm-old'],
      ]);
    });
  });

  describe('rules of the region', () => {
    const drop = { ruleId: 'fall', kind: 'drop' as const, levels: 2 };

    it('are changed by an operator, version by version, and the standing of every client follows', async () => {
      await running.housed('rules', [{ from: '2026-01-10' }]);
      await fill('rules', 'baseline', '2026-01-20', { justice: 4 });
      await fill('rules', 'periodic', '2026-04-20', { justice: 3 });
      expect(await listed({ list: 'changed', finding: 'drop' })).toContain('rules');
      const told = (await running.facts(zrmSubmitted)).length;
      expect(await running.ask(manager, getProgressSettings, {})).toMatchObject({ version: 0, correctionTermDays: 14 });
      const changed = await running.ask(operator, updateProgressSettings, { expectedVersion: 0, rules: [drop] });
      expect(changed).toMatchObject({ version: 1, rules: [drop], correctionTermDays: 14, changedBy: 'beheerder' });
      await waitFor(async () => !(await listed({ list: 'changed', finding: 'drop' })).includes('rules'), {
        what: 'the standing by the new rules',
      });
      expect(await running.facts(zrmSubmitted)).toHaveLength(told);
      expect(await refusedBy(running.ask(operator, updateProgressSettings, { expectedVersion: 0 }))).toEqual([
        'stale-version',
      ]);
      await running.ask(operator, updateProgressSettings, { correctionTermDays: 0 });
      const { items } = await running.ask(manager, progressSettingsHistory, {});
      expect(items.map(({ version, correctionTermDays }) => [version, correctionTermDays])).toEqual([
        [2, 0],
        [1, 14],
        [0, 14],
      ]);
    });

    it('are refused where they mean nothing, and to everybody but an operator', async () => {
      const wrong = (rules: object[]) =>
        refusedBy(running.ask(operator, updateProgressSettings, { rules: rules as (typeof drop)[] }));
      expect(await wrong([drop, drop])).toEqual(['rules[1].ruleId: zrm-rule-twice']);
      expect(await wrong([{ ...drop, domains: [{ matrixVersion: '2017', domain: 'income' }] }])).toEqual([
        'rules[0].domains[0].domain: zrm-domain-unknown',
      ]);
      expect(await wrong([{ ...drop, domains: [{ matrixVersion: '1999', domain: 'housing' }] }])).toEqual([
        'rules[0].domains[0].matrixVersion: zrm-version-unknown',
      ]);
      expect(await refusedBy(running.ask(manager, updateProgressSettings, { rules: [] }))).toEqual(['not-permitted']);
    });

    it('are changed by one of many who do so at once', async () => {
      const { version } = await running.ask(operator, getProgressSettings, {});
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          running.ask(operator, updateProgressSettings, { expectedVersion: version, correctionTermDays: index }).then(
            () => 'changed',
            (error: unknown) => (error instanceof Refusal ? error.code : 'broken'),
          ),
        ),
      );
      expect(outcomes.sort()).toEqual(['changed', ...Array.from({ length: 7 }, () => 'stale-version')]);
    });
  });
});
