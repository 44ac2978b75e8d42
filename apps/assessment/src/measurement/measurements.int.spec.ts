import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zrmSubmitted } from '#contracts/assessment/facts.js';
import {
  correctMeasurement,
  discardDraft,
  getMeasurement,
  listMeasurements,
  saveDraft,
  startMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import { listMatrixVersions } from '#contracts/assessment/matrix.js';
import type { AccessLogged } from '#contracts/audit/access-logged.js';
import { type Content, fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import {
  clientmanagerOf,
  INSTITUTION,
  personWith,
  regisseurOf,
  RunningAssessment,
} from '../test-support/running-assessment.js';

const manager = clientmanagerOf();

describe('filling in ZRMs', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const fill = (clientId: string, content: Content) => fillIn(running, manager, clientId, content);

  const client = async (clientId: string, from = '2026-01-10'): Promise<string> => {
    await running.housed(clientId, [{ from }]);
    return clientId;
  };

  it('gives the versions of the matrix with the one that new ZRMs use', async () => {
    const { items, current } = await running.ask(manager, listMatrixVersions, {});
    expect(items.map(({ code, kind }) => `${code} ${kind}`)).toEqual([
      '2010 core',
      '2013 core',
      '2017 core',
      'parenthood supplement',
    ]);
    expect(current).toBe('2017');
    expect(items[2]?.domains).toHaveLength(13);
    expect(items.every(({ texts }) => texts === 'unofficial')).toBe(true);
  });

  it('keeps a draft as it is filled in, tells what it misses, and submits it', async () => {
    const clientId = await client('noor');
    const part: Content = {
      kind: 'baseline',
      matrixVersion: '2017',
      scores: [{ domain: 'housing', score: 2, clientScore: 4, remark: 'Wil zelf wonen.' }],
      weights: [{ factor: 'travel', answer: 'plays-a-part', note: 'Reist alleen met hulp.' }],
      participants: ['client'],
    };
    const started = await running.ask(manager, startMeasurement, { clientId, ...part });
    expect(started).toMatchObject({ outcome: 'saved', version: 1, state: 'draft' });
    expect(started.missing.map(({ path, code }) => `${path}: ${code}`)).toContain('date: zrm-date-missing');
    expect(started.missing).toHaveLength(13);
    const { measurementId } = started;
    const full = { ...part, ...whole('baseline', '2026-06-10', { housing: 2 }), particulars: 'Slaapt slecht.' };
    const saved = await running.ask(manager, saveDraft, { clientId, measurementId, expectedVersion: 1, ...full });
    expect(saved).toEqual({ outcome: 'saved', measurementId, version: 2, state: 'draft', missing: [] });
    const submit = { clientId, measurementId, expectedVersion: 2, ...full };
    expect(await running.ask(manager, submitMeasurement, submit)).toEqual({
      outcome: 'accepted',
      measurementId,
      version: 3,
      state: 'submitted',
    });
    expect(await running.ask(regisseurOf(), getMeasurement, { clientId, measurementId })).toMatchObject({
      state: 'submitted',
      content: { kind: 'baseline', date: '2026-06-10', particulars: 'Slaapt slecht.', participants: ['client'] },
      recordedBy: manager.personId,
      correctableUntil: '2026-06-29',
      missing: [],
      earlier: [],
      copies: [],
    });
    const [fact] = await running.facts(zrmSubmitted);
    expect(fact).toEqual({
      clientId,
      measurementId,
      change: 'submitted',
      origin: 'form',
      kind: 'baseline',
      date: '2026-06-10',
      recordedAt: expect.any(String),
      recordedBy: manager.personId,
      clusterId: 'cluster-1',
      organisationId: INSTITUTION,
      particulars: true,
      findings: [],
      version: 1,
    });
  });

  it('starts one draft however often the same key comes', async () => {
    const clientId = await client('again');
    const command = { clientId, ...whole('baseline', '2026-06-10'), idempotencyKey: 'once' };
    const started = await Promise.all([1, 2, 3].map(() => running.ask(manager, startMeasurement, command)));
    expect(new Set(started.map(({ measurementId }) => measurementId)).size).toBe(1);
    const empty = { clientId, ...whole('baseline', '2026-06-10'), scores: [], idempotencyKey: 'empty' };
    for (const answer of [
      await running.ask(manager, startMeasurement, empty),
      await running.ask(manager, startMeasurement, empty),
    ]) {
      expect(answer.missing).toHaveLength(13);
    }
    const other = await client('other');
    expect(await refusedBy(running.ask(manager, startMeasurement, { ...command, clientId: other }))).toEqual([
      'idempotency-key-reused',
    ]);
  });

  it('corrects within the term and keeps what stood before; not after it, and not without a change', async () => {
    const clientId = await client('mend');
    const content = whole('baseline', '2026-06-10');
    const { id: measurementId } = await fill(clientId, content);
    const correct = {
      clientId,
      measurementId,
      expectedVersion: 2,
      ...whole('baseline', '2026-06-10', { housing: 1 }),
      reason: 'typing-error' as const,
    };
    expect(await refusedBy(running.ask(manager, correctMeasurement, { ...correct, ...content }))).toEqual([
      'zrm-correction-empty',
    ]);
    expect(await running.ask(manager, correctMeasurement, correct)).toMatchObject({ version: 3, state: 'corrected' });
    const view = await running.ask(manager, getMeasurement, { clientId, measurementId });
    expect(view.correction).toMatchObject({ changedBy: manager.personId, reason: 'typing-error' });
    expect(view.earlier).toMatchObject([{ version: 2, recordedBy: manager.personId }]);
    expect(view.earlier[0]?.content.scores.find(({ domain }) => domain === 'housing')?.score).toBe(3);
    running.setNow('2026-07-01T10:00:00Z');
    expect(await refusedBy(running.ask(manager, correctMeasurement, { ...correct, expectedVersion: 3 }))).toEqual([
      'zrm-correction-term-over',
    ]);
    running.setNow('2026-06-15T10:00:00Z');
  });

  it('asks first about a target below the baseline and a second baseline, and stores nothing until it is answered', async () => {
    const clientId = await client('doubt');
    await fill(clientId, whole('baseline', '2026-06-01'));
    const content = whole('target', '2026-06-02', { housing: 2 }, 4);
    const { measurementId } = await running.ask(manager, startMeasurement, { clientId, ...content });
    const submit = { clientId, measurementId, expectedVersion: 1, ...content };
    expect(await running.ask(manager, submitMeasurement, submit)).toEqual({
      outcome: 'question',
      doubts: [{ question: 'target-below-baseline', domains: [{ domain: 'housing', baseline: 3, target: 2 }] }],
    });
    expect((await running.ask(manager, getMeasurement, { clientId, measurementId })).state).toBe('draft');
    const answered = { ...submit, answered: ['target-below-baseline' as const] };
    expect(await running.ask(manager, submitMeasurement, answered)).toMatchObject({ outcome: 'accepted' });
    expect(await fill(clientId, whole('baseline', '2026-06-03'))).toMatchObject({
      outcome: 'question',
      doubts: [{ question: 'baseline-again', since: '2026-06-01' }, { question: 'target-below-baseline' }],
    });
  });

  it('refuses precisely what cannot be, and changes nothing', async () => {
    const clientId = await client('bad');
    const ask = (content: object) =>
      refusedBy(running.ask(manager, startMeasurement, { clientId, ...(content as Content) }));
    const good = whole('periodic', '2026-06-10');
    for (const score of [0, 6, 2.5, '3']) {
      const scores = [
        { domain: 'housing', score: 3 },
        { domain: 'justice', score },
      ];
      expect(await ask({ ...good, scores })).toEqual([`scores.justice.score: zrm-level-invalid`]);
    }
    expect(await ask({ ...good, scores: [{ domain: 'income', score: 3 }] })).toEqual([
      'scores[0].domain: zrm-domain-unknown',
    ]);
    expect(await ask({ ...good, matrixVersion: '2031' })).toEqual(['matrixVersion: zrm-version-unknown']);
    expect(await ask({ ...good, supplements: ['pets'] })).toEqual(['supplements[0]: zrm-supplement-unknown']);
    const late = async (date: string) => refusedBy(fill(clientId, whole('periodic', date)));
    expect(await late('2026-01-09')).toEqual(['date: zrm-date-before-arrival']);
    expect(await late('2026-06-16')).toEqual(['date: zrm-date-in-future']);
    await fill(clientId, whole('baseline', '2026-06-10'));
    expect(await late('2026-06-10')).toEqual(['date: zrm-date-taken']);
    const { items } = await running.ask(manager, listMeasurements, { clientId, state: 'submitted' });
    expect(items).toHaveLength(1);
  });

  it('does not tell that a client of somebody else exists, and lets the regisseur read what was submitted', async () => {
    const clientId = await client('ours');
    const content = whole('baseline', '2026-06-10');
    const { measurementId, version } = await running.ask(manager, startMeasurement, { clientId, ...content });
    const stranger = clientmanagerOf('brug');
    const submit = { clientId, measurementId, expectedVersion: version, ...content };
    expect(await refusedBy(running.ask(stranger, submitMeasurement, submit))).toEqual(['not-found']);
    expect(await refusedBy(running.ask(stranger, getMeasurement, { clientId, measurementId }))).toEqual(['not-found']);
    expect(await refusedBy(running.ask(stranger, startMeasurement, { clientId: 'nobody', ...content }))).toEqual([
      'not-found',
    ]);
    const regisseur = regisseurOf();
    expect(await refusedBy(running.ask(regisseur, getMeasurement, { clientId, measurementId }))).toEqual(['not-found']);
    expect(await refusedBy(running.ask(regisseur, submitMeasurement, submit))).toEqual(['not-permitted']);
    expect(await refusedBy(running.ask(regisseurOf(['elsewhere']), listMeasurements, { clientId }))).toEqual([
      'not-found',
    ]);
    expect((await running.ask(regisseur, listMeasurements, { clientId })).items).toEqual([]);
    await running.ask(manager, submitMeasurement, submit);
    expect((await running.ask(regisseur, listMeasurements, { clientId })).items).toMatchObject([
      { measurementId, origin: 'form' },
    ]);
    for (const role of ['beheerder', 'beleid', 'klantmanager', 'corporatie'] as const) {
      expect(await refusedBy(running.ask(personWith(role), listMeasurements, { clientId }))).toEqual(['not-permitted']);
    }
    // A ZRM is found under its own client only.
    const other = await client('hers');
    expect(await refusedBy(running.ask(manager, getMeasurement, { clientId: other, measurementId }))).toEqual([
      'not-found',
    ]);
  });

  it('logs every access to client data before anything is shown', async () => {
    const clientId = await client('logged');
    const { id: measurementId } = await fill(clientId, whole('baseline', '2026-06-10'));
    await running.ask(regisseurOf(), getMeasurement, { clientId, measurementId });
    const entries = await running.database
      .collection<{ event: { type: string; data: AccessLogged } }>('outbox')
      .find({ 'event.data.subjects.clientId': clientId })
      .sort({ _id: 1 })
      .toArray();
    const told = entries.map(({ event: { data } }) => `${data.action} ${data.operation} ${data.subjects[0]?.ground}`);
    expect(told).toEqual([
      'create assessment.measurements.start own-institution',
      'update assessment.measurements.submit own-institution',
      'read assessment.measurements.get own-caseload',
    ]);
  });

  it('throws a draft away with its copies, and nothing else', async () => {
    const clientId = await client('away');
    const content = whole('baseline', '2026-06-10');
    const { measurementId } = await running.ask(manager, startMeasurement, { clientId, ...content });
    const save = { clientId, measurementId, expectedVersion: 9, ...content, particulars: 'apart' };
    await running.ask(manager, saveDraft, save);
    const discard = { clientId, measurementId, expectedVersion: 1 };
    expect(await refusedBy(running.ask(manager, discardDraft, { ...discard, expectedVersion: 2 }))).toEqual([
      'stale-version',
    ]);
    expect(await running.ask(manager, discardDraft, discard)).toEqual({ measurementId });
    expect(await refusedBy(running.ask(manager, getMeasurement, { clientId, measurementId }))).toEqual(['not-found']);
    expect(await running.database.collection('draft_copies').countDocuments({ measurementId })).toBe(0);
    const { id } = await fill(clientId, content);
    expect(await refusedBy(running.ask(manager, discardDraft, { ...discard, measurementId: id }))).toEqual([
      'zrm-already-submitted',
    ]);
  });

  it('shows a list in pages, drafts first and then the newest date', async () => {
    const clientId = await client('paged');
    await fill(clientId, whole('baseline', '2026-02-01'));
    await fill(clientId, whole('target', '2026-02-01'));
    await fill(clientId, whole('periodic', '2026-05-01'));
    await running.ask(manager, startMeasurement, { clientId, ...whole('periodic', '2026-03-01') });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = { clientId, limit: 1, ...(cursor === undefined ? {} : { cursor }) };
      const { items, nextCursor } = await running.ask(manager, listMeasurements, page);
      seen.push(...items.map(({ state, kind, date }) => `${state} ${kind} ${date ?? ''}`));
      cursor = nextCursor;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(4);
    expect(seen.slice(0, 2)).toEqual(['draft periodic 2026-03-01', 'submitted periodic 2026-05-01']);
    const targets = await running.ask(manager, listMeasurements, { clientId, kind: 'target' });
    expect(targets.items.map(({ kind }) => kind)).toEqual(['target']);
  });
});
