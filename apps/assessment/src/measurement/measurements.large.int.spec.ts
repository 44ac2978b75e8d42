import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listZrmClients } from '#contracts/assessment/clients.js';
import {
  correctMeasurement,
  getMeasurement,
  saveDraft,
  startMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import { updateProgressSettings } from '#contracts/assessment/progress-settings.js';
import { listZrmHistory } from '#contracts/assessment/zrm-history.js';
import { addDays } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { type Content, fillIn, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, INSTITUTION, personWith, RunningAssessment } from '../test-support/running-assessment.js';
import { d } from './measurement-world.fixture.js';
import type { SubmittedMeasurement } from './measurement-types.js';

const manager = clientmanagerOf();

/** Characters that take three bytes: the largest that a text can be. */
const long = (length: number, mark: string): string => `${mark}${'€'.repeat(length - mark.length)}`;

interface Stored {
  _id: string;
  clientId: string;
  position: string;
  measurement: SubmittedMeasurement;
}

/** A message of the broker carries 1 MB; what does not fit in one has to come in several, or be refused when it is made. */
describe('what is large', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-06-15T10:00:00Z');
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const fullOf = (mark: string): Content => {
    const content = whole('periodic', '2026-06-10');
    const remark = long(1_000, mark);
    const scores = content.scores.map(({ domain }) => ({ domain, score: 3 as const, clientScore: 3 as const, remark }));
    return { ...content, scores, particulars: long(4_000, mark) };
  };

  const untilRefused = async (act: (turn: number) => Promise<unknown>): Promise<{ turns: number; code: string }> => {
    for (let turns = 0; ; turns += 1) {
      const refusal: unknown = await act(turns).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refusal === undefined && turns < 60) continue;
      return { turns, code: refusal instanceof Refusal ? refusal.code : String(refusal) };
    }
  };

  it('can always be read: a ZRM with as many corrections and copies as it takes', async () => {
    await running.housed('full', [{ from: '2026-01-10' }]);
    const at = { clientId: 'full' };
    const { measurementId } = await running.ask(manager, startMeasurement, { ...at, ...fullOf('0') });
    const copies = await untilRefused((turn) =>
      running.ask(manager, saveDraft, { ...at, measurementId, expectedVersion: 9, ...fullOf(`copy ${turn}`) }),
    );
    expect(copies.code).toBe('zrm-too-many-copies');
    await running.ask(manager, submitMeasurement, { ...at, measurementId, expectedVersion: 1, ...fullOf('0') });
    const corrections = await untilRefused((turn) =>
      running.ask(manager, correctMeasurement, {
        ...at,
        measurementId,
        expectedVersion: 2 + turn,
        reason: 'other',
        ...fullOf(`correction ${turn}`),
      }),
    );
    expect(corrections.code).toBe('zrm-too-many-corrections');
    const view = await running.ask(manager, getMeasurement, { ...at, measurementId });
    expect(view.copies).toHaveLength(copies.turns);
    expect(view.earlier).toHaveLength(corrections.turns);
    expect(Math.min(copies.turns, corrections.turns)).toBeGreaterThan(2);
    // Far less room than the largest is taken by what people write.
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(1_000_000);
  }, 60_000);

  it('is taken along in several pages: long histories, each client whole and once', async () => {
    const first = (await fillIn(running, manager, 'full', whole('baseline', '2026-06-11'))).id;
    const measurements = running.database.collection<Stored>('measurements');
    const stored = await measurements.findOne({ _id: first });
    if (stored === null) throw new Error('the ZRM was not stored');
    const clients = Array.from({ length: 10 }, (_, index) => `taken-${index}`);
    for (const clientId of clients) {
      await running.housed(clientId, [{ from: '2020-01-10', organisationId: 'archive' }]);
      const history = Array.from({ length: 200 }, (_, index): Stored => {
        const date = addDays(d('2020-01-10'), index);
        const measurementId = `${clientId} ${date}`;
        const { measurement } = stored;
        return {
          ...stored,
          ...{ _id: measurementId, clientId, position: date },
          measurement: { ...measurement, measurementId, clientId, content: { ...measurement.content, date } },
        };
      });
      await measurements.insertMany(history);
    }
    const taken: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined; pages === 0 || cursor !== undefined; pages += 1) {
      const page = await running.ask(clientmanagerOf('archive'), listZrmHistory, {
        limit: 50,
        ...(cursor === undefined ? {} : { cursor }),
      });
      taken.push(...page.items.map(({ clientId, zrms }) => `${clientId}: ${zrms.length}`));
      cursor = page.nextCursor;
    }
    expect(taken).toEqual(clients.map((clientId) => `${clientId}: 200`));
    expect(pages).toBeGreaterThan(1);
  }, 60_000);

  it('is listed in several pages: clients of whom every domain stands still by several rules', async () => {
    const rules = Array.from({ length: 10 }, (_, index) => {
      return { ruleId: `still-${index}`, kind: 'stagnation' as const, scope: 'domain' as const, zrms: 1 };
    });
    await running.ask(personWith('beheerder'), updateProgressSettings, { rules });
    await running.housed('still', [{ from: '2026-01-10' }]);
    for (const date of ['2026-06-01', '2026-06-02', '2026-06-03']) {
      await fillIn(running, manager, 'still', whole('periodic', date));
    }
    const documents = running.database.collection<{ _id: string; known: object }>('clients');
    const still = await documents.findOne({ _id: 'still' });
    if (still === null) throw new Error('the client is not known');
    const others = Array.from({ length: 60 }, (_, index) => {
      const clientId = `still-${index}`;
      return { ...still, _id: clientId, known: { ...still.known, clientId } };
    });
    await documents.insertMany(others);
    const listed: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined; pages === 0 || cursor !== undefined; pages += 1) {
      const page = await running.ask(manager, listZrmClients, {
        ...{ list: 'changed' as const, organisationId: INSTITUTION, limit: 200 },
        ...(cursor === undefined ? {} : { cursor }),
      });
      listed.push(...page.items.map(({ clientId }) => clientId));
      cursor = page.nextCursor;
    }
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toHaveLength(61);
    expect(pages).toBeGreaterThan(1);
  }, 60_000);
});
