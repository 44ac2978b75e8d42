import { describe, expect, it } from '@jest/globals';
import type { MeasurementContent } from '#contracts/assessment/measurement.js';
import { DEFAULT_CORRECTION_TERM_DAYS } from '../measurement/measurement-decision.js';
import type { SubmittedMeasurement } from '../measurement/measurement-types.js';
import { d, matrix } from '../measurement/measurement-world.fixture.js';
import { type Cells, columnsOf2017, zrmRowsOf } from './zrm-import.fixture.js';
import { readZrmRow } from './zrm-row.js';
import { afterRow, dateProblemsOf, decideZrmRow, type ZrmRowDecision, type ZrmScene } from './zrm-row-decision.js';

const plain: Cells = { clientnummer: 'HV-1', datum: '1-3-2026', soort: 'periodiek', versie: '2017' };

/** A client in the chain since 10 January 2026, on 15 June. */
class Client {
  scene: ZrmScene = {
    context: {
      clientId: 'noor',
      now: new Date('2026-06-15T10:00:00Z'),
      by: 'samira',
      origin: 'import',
      matrix,
      presence: [{ from: d('2026-01-10') }],
      correctionTermDays: DEFAULT_CORRECTION_TERM_DAYS,
    },
    submitted: [],
  };

  row(cells: Cells): ZrmRowDecision {
    const [source] = zrmRowsOf({ ...plain, ...cells });
    const read = source && readZrmRow(source, matrix);
    if (read?.said === undefined) throw new Error(`not read: ${JSON.stringify(read?.problems)}`);
    const decision = decideZrmRow(read.said, this.scene);
    this.scene = afterRow(this.scene, decision);
    return decision;
  }

  /** `new`, or what is wrong or worth a look as `column code`. */
  said(cells: Cells): string[] {
    const decision = this.row(cells);
    if (decision.outcome === 'error') return decision.problems.map(({ path, code }) => `${path} ${code}`);
    const warnings = decision.outcome === 'unchanged' ? [] : decision.warnings;
    return [decision.outcome, ...warnings.map(({ path, code }) => `${path} ${code}`)];
  }

  has(id: string, content: Partial<MeasurementContent>, submittedAt = '2026-06-14T10:00:00Z'): void {
    const scores = (matrix.version('2017')?.domains ?? []).map(({ code }) => ({ domain: code, score: 3 as const }));
    const full = { kind: 'periodic' as const, date: d('2026-03-01'), matrixVersion: '2017', supplements: [], scores };
    const measurement: SubmittedMeasurement = {
      measurementId: id,
      clientId: 'noor',
      version: 2,
      state: 'submitted',
      content: { ...full, weights: [], participants: [], ...content },
      submittedBy: 'samira',
      submittedAt,
    };
    this.scene = { ...this.scene, submitted: [...this.scene.submitted, measurement] };
  }

  later(now: string): void {
    this.scene = { ...this.scene, context: { ...this.scene.context, now: new Date(now) } };
  }
}

describe('a row of ZRMs', () => {
  it('becomes a ZRM from a file; what nobody said anything of was not assessed', () => {
    const client = new Client();
    const decision = client.row({ huisvesting: '1', justitie: '' });
    expect(decision).toMatchObject({
      outcome: 'new',
      warnings: [],
      measurement: { origin: 'import', state: 'submitted', version: 1, submittedBy: 'samira', clientId: 'noor' },
    });
    const scores = decision.outcome === 'new' ? decision.measurement.content.scores : [];
    expect(scores).toHaveLength(13);
    expect(scores.find(({ domain }) => domain === 'justice')).toEqual({ domain: 'justice', score: 'not-assessed' });
  });

  it('that comes again changes nothing, also on another day and by another spelling', () => {
    const client = new Client();
    expect(client.said({ ingevuld_met: 'Cliënt' })).toEqual(['new']);
    expect(client.said({ ingevuld_met: 'client' })).toEqual(['unchanged']);
    client.later('2027-01-01T10:00:00Z');
    expect(client.said({ huisvesting: '3', ingevuld_met: '' })).toEqual(['unchanged']);
  });

  it('that says something else corrects within the term, and after it says until when that was possible', () => {
    const client = new Client();
    client.row({});
    expect(client.row({ huisvesting: '4' })).toMatchObject({
      outcome: 'change',
      before: { version: 1 },
      measurement: { version: 2, state: 'corrected', origin: 'import', reason: 'information-came-later' },
    });
    client.later('2026-06-30T10:00:00Z');
    const late = client.row({ huisvesting: '5' });
    expect(late).toMatchObject({ outcome: 'error', problems: [{ path: '', code: 'zrm-correction-term-over' }] });
    expect(late.outcome === 'error' && late.problems[0]?.nl).toContain('29 juni 2026');
  });

  it('leaves what a file cannot say: remarks, what the client says, and what its empty cells are about', () => {
    const client = new Client();
    client.has('by form', {
      scores: (matrix.version('2017')?.domains ?? []).map(({ code }) => {
        return { domain: code, score: 2, clientScore: 4, remark: 'Zo staat het.' };
      }),
      particulars: 'Bespreken.',
      participants: ['client'],
      weights: [
        { factor: 'children', answer: 'plays-no-part' },
        { factor: 'travel', answer: 'unknown', note: 'Vragen.' },
      ],
    });
    const all = Object.fromEntries(columnsOf2017.map((name) => [name, '']));
    expect(client.said(all)).toEqual(['unchanged']);
    const decision = client.row({ ...all, huisvesting: '3', weegfactoren: 'Reizen' });
    if (decision.outcome !== 'change') throw new Error(decision.outcome);
    const { content } = decision.measurement;
    expect(content).toMatchObject({
      particulars: 'Bespreken.',
      participants: ['client'],
      weights: [
        { factor: 'children', answer: 'plays-no-part' },
        { factor: 'travel', answer: 'plays-a-part', note: 'Vragen.' },
      ],
    });
    expect(content.scores.find(({ domain }) => domain === 'housing')).toEqual({
      domain: 'housing',
      score: 3,
      clientScore: 4,
      remark: 'Zo staat het.',
    });
    expect(content.scores.find(({ domain }) => domain === 'justice')).toMatchObject({
      score: 2,
      remark: 'Zo staat het.',
    });
  });

  it('finds the ZRM that it became, also when somebody moved it to another day by hand', () => {
    const client = new Client();
    const first = client.row({});
    if (first.outcome !== 'new') throw new Error(first.outcome);
    const { measurement } = first;
    const moved = { ...measurement, content: { ...measurement.content, date: d('2026-03-04') } };
    client.scene = { ...client.scene, submitted: [moved] };
    expect(client.row({})).toMatchObject({
      outcome: 'change',
      before: { measurementId: measurement.measurementId },
      measurement: { content: { date: '2026-03-01' } },
    });
  });

  it.each([
    ['a date before the arrival', { datum: '9-1-2026' }, 'datum zrm-date-before-arrival'],
    ['a date in the future', { datum: '16-6-2026' }, 'datum zrm-date-in-future'],
    ['nothing assessed', { versie: '2013', dagbesteding: '' }, ' zrm-nothing-assessed'],
  ])('is refused for %s', (_what, cells, problem) => {
    expect(new Client().said(cells)).toEqual([problem]);
  });

  it('is refused on a day that has a ZRM of another kind, and when the client was not there', () => {
    const client = new Client();
    client.has('by form', { kind: 'baseline' });
    expect(client.said({})).toEqual(['datum zrm-date-taken']);
    expect(client.said({ soort: 'doelscore' })).toEqual(['new']);
    const { context } = client.scene;
    const presence = [{ from: d('2026-01-10'), until: d('2026-02-01') }];
    client.scene = { ...client.scene, context: { ...context, presence } };
    expect(client.said({ datum: '2-3-2026' })).toEqual(['datum zrm-date-not-housed']);
    expect(client.said({ datum: '1-2-2026' })).toEqual(['new']);
  });

  it('warns of a target below the baseline and of a second baseline, at their columns, and is carried out', () => {
    const client = new Client();
    expect(client.said({ soort: 'nulmeting', datum: '12-1-2026', huisvesting: '4' })).toEqual(['new']);
    expect(client.said({ soort: 'doelscore', datum: '12-1-2026', huisvesting: '2', justitie: '5' })).toEqual([
      'new',
      'huisvesting zrm-target-below-baseline',
    ]);
    expect(client.said({ soort: 'nulmeting', datum: '12-5-2026', huisvesting: '1' })).toEqual([
      'new',
      'soort zrm-baseline-again',
    ]);
  });

  it('tells what is wrong with its date beside what is wrong with its cells', () => {
    const client = new Client();
    const [source] = zrmRowsOf({ ...plain, datum: '9-1-2026', huisvesting: '6' });
    if (source === undefined) throw new Error('no row');
    const read = readZrmRow(source, matrix);
    const told = [...read.problems, ...dateProblemsOf(read, client.scene)];
    expect(told.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'huisvesting zrm-level-invalid',
      'datum zrm-date-before-arrival',
    ]);
  });
});
