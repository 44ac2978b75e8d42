import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zrmSubmitted } from '#contracts/assessment/facts.js';
import { getMeasurement, saveDraft, startMeasurement, submitMeasurement } from '#contracts/assessment/measurements.js';
import { Refusal } from '#contracts/refusal.js';
import { fillIn, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, INSTITUTION, RunningAssessment } from '../test-support/running-assessment.js';

const manager = clientmanagerOf();

describe('many who fill in at once, in two processes', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
    await running.add();
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const client = async (clientId: string): Promise<string> => {
    await running.housed(clientId, [{ from: '2026-01-10' }]);
    return clientId;
  };

  it('lose no draft: of 16 who save the same version one saves it, and of the others each copy is kept', async () => {
    const clientId = await client('busy');
    const base = whole('periodic', '2026-06-10');
    const { measurementId } = await running.ask(manager, startMeasurement, { clientId, ...base });
    const colleagues = Array.from({ length: 16 }, (_, index) => clientmanagerOf(INSTITUTION, `colleague-${index}`));
    const answers = await Promise.all(
      colleagues.map((colleague, index) =>
        running.ask(colleague, saveDraft, {
          clientId,
          measurementId,
          expectedVersion: 1,
          ...base,
          particulars: `van ${index}`,
        }),
      ),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array.from({ length: 15 }, () => 'kept-aside'),
      'saved',
    ]);
    const view = await running.ask(manager, getMeasurement, { clientId, measurementId });
    expect(view.version).toBe(2);
    const kept = [view.content, ...view.copies.map(({ content }) => content)].map(({ particulars }) => particulars);
    expect(kept.sort()).toEqual(colleagues.map((_, index) => `van ${index}`).sort());
  });

  it('keep what is saved after somebody submitted, and the same thing once', async () => {
    const clientId = await client('after');
    const content = whole('baseline', '2026-06-10');
    const { id: measurementId } = await fillIn(running, manager, clientId, content);
    const save = { clientId, measurementId, expectedVersion: 1, ...content, particulars: 'nog iets' };
    for (let time = 0; time < 2; time += 1) {
      expect(await running.ask(manager, saveDraft, save)).toMatchObject({
        outcome: 'kept-aside',
        state: 'submitted',
      });
    }
    // The answer to a save that did arrive was lost: it is the same.
    expect(
      await running.ask(manager, saveDraft, { clientId, measurementId, expectedVersion: 1, ...content }),
    ).toMatchObject({ outcome: 'saved' });
    const { copies } = await running.ask(manager, getMeasurement, { clientId, measurementId });
    expect(copies.map(({ content: { particulars } }) => particulars)).toEqual(['nog iets']);
  });

  it('let one of 16 submits of a draft win, with one fact', async () => {
    const clientId = await client('race');
    const content = whole('baseline', '2026-06-10');
    const { measurementId } = await running.ask(manager, startMeasurement, { clientId, ...content });
    const submit = { clientId, measurementId, expectedVersion: 1, ...content };
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () =>
        running.ask(manager, submitMeasurement, submit).then(
          ({ outcome }) => outcome,
          (error: unknown) => (error instanceof Refusal ? error.code : 'broken'),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'zrm-already-submitted')).toHaveLength(15);
    const facts = (await running.facts(zrmSubmitted)).filter((fact) => fact.clientId === clientId);
    expect(facts).toHaveLength(1);
  });

  it('let one of two ZRMs of one day win, also when they are submitted at once', async () => {
    const clientId = await client('day');
    const content = whole('baseline', '2026-06-10');
    const drafts = await Promise.all(
      Array.from({ length: 8 }, () => running.ask(manager, startMeasurement, { clientId, ...content })),
    );
    const outcomes = await Promise.all(
      drafts.map(async ({ measurementId, version }) => {
        const submit = { clientId, measurementId, expectedVersion: version, ...content };
        return running.ask(manager, submitMeasurement, submit).then(
          ({ outcome }) => [outcome],
          (error: unknown) => (error instanceof Refusal ? error.fields.map(({ code }) => code) : ['broken']),
        );
      }),
    );
    expect(outcomes.flat().sort()).toEqual(['accepted', ...Array.from({ length: 7 }, () => 'zrm-date-taken')]);
    const facts = (await running.facts(zrmSubmitted)).filter((fact) => fact.clientId === clientId);
    expect(facts.map(({ version }) => version)).toEqual([1]);
  });
});
