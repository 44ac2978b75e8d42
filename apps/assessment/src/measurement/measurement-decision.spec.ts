import { beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_PARTICULARS, MAX_REMARK } from '#contracts/assessment/measurement.js';
import { content, d, MeasurementWorld, scoresOf } from './measurement-world.fixture.js';

let world: MeasurementWorld;

beforeEach(() => {
  world = new MeasurementWorld();
});

describe('submitting a ZRM', () => {
  it('keeps all that was filled in, in the order of the matrix', () => {
    const scores = scoresOf('2017', 3, { housing: 2, justice: 'not-assessed' }).toReversed();
    const given = content({
      scores: scores.map((score) =>
        score.domain === 'housing' ? { ...score, clientScore: 4, remark: ' Moet eruit ' } : score,
      ),
      weights: [
        { factor: 'travel', answer: 'plays-a-part', note: 'Geen fiets' },
        { factor: 'children', answer: 'plays-no-part' },
      ],
      particulars: 'Wil praten over de huur',
      participants: ['client', 'network'],
    });
    expect(world.submit('a', given)).toMatchObject({ outcome: 'accepted', missing: [] });
    const stored = world.measurements.get('a');
    expect(stored).toMatchObject({ state: 'submitted', version: 1, submittedBy: 'mentor', clientId: 'noor' });
    expect(stored?.content.scores.map(({ domain }) => domain).slice(0, 4)).toEqual([
      'finances',
      'work-and-education',
      'use-of-time',
      'housing',
    ]);
    expect(stored?.content.scores[3]).toEqual({ domain: 'housing', score: 2, clientScore: 4, remark: 'Moet eruit' });
    expect(stored?.content.scores.at(-1)).toEqual({ domain: 'justice', score: 'not-assessed' });
    expect(stored?.content).toMatchObject({
      particulars: 'Wil praten over de huur',
      participants: ['client', 'network'],
    });
    expect(stored?.content.weights).toHaveLength(2);
  });

  it('may be of an older version, and with a supplement', () => {
    const supplements = ['parenthood'];
    expect(world.submit('a', content({ matrixVersion: '2010' })).outcome).toBe('accepted');
    const scores = [...scoresOf('2017', 3), ...scoresOf('parenthood', 4)];
    expect(world.submit('b', content({ date: d('2026-06-11'), supplements, scores })).outcome).toBe('accepted');
    expect(world.refused(() => world.submit('c', content({ date: d('2026-06-12'), supplements })))).toEqual(
      scoresOf('parenthood', 1).map(({ domain }) => `scores.${domain}.score: zrm-score-missing`),
    );
  });

  it.each([0, 6, 2.5, -1, Number.NaN, 'drie', '3'])('with level %p is refused at that domain', (level) => {
    const scores = scoresOf('2017', 3, { housing: level });
    expect(world.refused(() => world.submit('a', content({ scores })))).toEqual([
      'scores.housing.score: zrm-level-invalid',
    ]);
    expect(world.refused(() => world.draft('a', content({ scores })))).toEqual([
      'scores.housing.score: zrm-level-invalid',
    ]);
  });

  it('names every fault at once', () => {
    const scores = [
      ...scoresOf('2017', 3, { housing: 6 }),
      { domain: 'vervoer', score: 3 },
      { domain: 'justice', score: 3 },
      { domain: 'finances', score: 3, clientScore: 9 },
    ];
    expect(world.refused(() => world.submit('a', content({ scores })))).toEqual([
      'scores.housing.score: zrm-level-invalid',
      'scores[13].domain: zrm-domain-unknown',
      'scores[14].domain: zrm-domain-twice',
      'scores[15].domain: zrm-domain-twice',
      'scores.finances.clientScore: zrm-level-invalid',
    ]);
  });

  it.each([
    ['an unknown version', { matrixVersion: '2015', scores: [] }, ['matrixVersion: zrm-version-unknown']],
    ['a supplement as version', { matrixVersion: 'parenthood' }, ['matrixVersion: zrm-version-unknown']],
    ['a version as supplement', { supplements: ['2013'] }, ['supplements[0]: zrm-supplement-unknown']],
    [
      'a domain of another version',
      { scores: [...scoresOf('2017', 3), { domain: 'addiction', score: 3 }] },
      ['scores[13].domain: zrm-domain-unknown'],
    ],
    [
      'a weight factor twice',
      {
        weights: [
          { factor: 'travel', answer: 'unknown' },
          { factor: 'travel', answer: 'unknown' },
        ],
      },
      ['weights[1].factor: zrm-weight-factor-twice'],
    ],
    ['too long particulars', { particulars: 'x'.repeat(MAX_PARTICULARS + 1) }, ['particulars: field-too-long']],
    [
      'too long a remark',
      {
        scores: scoresOf('2017', 3).map((score) => ({
          ...score,
          remark: 'x'.repeat(score.domain === 'housing' ? MAX_REMARK + 1 : 3),
        })),
      },
      ['scores.housing.remark: field-too-long'],
    ],
    ['no level at all', { scores: scoresOf('2017', 'not-assessed') }, ['scores: zrm-nothing-assessed']],
    ['a date before the arrival', { date: d('2026-01-09') }, ['date: zrm-date-before-arrival']],
    ['a date in the future', { date: d('2026-06-16') }, ['date: zrm-date-in-future']],
  ] as const)('with %s is refused', (_what, given, problems) => {
    expect(world.refused(() => world.submit('a', content(given)))).toEqual(problems);
  });

  it('without a date or a score is refused, with each that is missing', () => {
    const { date: _, ...undated } = content({
      scores: scoresOf('2017', 3)
        .slice(1)
        .map((s) => (s.domain === 'justice' ? { domain: s.domain, remark: 'later' } : s)),
    });
    expect(world.refused(() => world.submit('a', undated))).toEqual([
      'date: zrm-date-missing',
      'scores.finances.score: zrm-score-missing',
      'scores.justice.score: zrm-score-missing',
    ]);
  });

  it('is possible on the day of arrival, of departure and today, by the date in Amsterdam', () => {
    world.presence = [{ from: d('2026-01-10'), until: d('2026-03-01') }, { from: d('2026-05-01') }];
    world.now = '2026-06-15T22:30:00Z';
    for (const date of ['2026-01-10', '2026-03-01', '2026-05-01', '2026-06-16']) {
      expect(world.submit(date, content({ date: d(date) })).outcome).toBe('accepted');
    }
    for (const date of ['2026-03-02', '2026-04-30']) {
      expect(world.refused(() => world.submit(date, content({ date: d(date) })))).toEqual([
        'date: zrm-date-not-housed',
      ]);
    }
  });

  it('is refused for a client who was never in the chain', () => {
    world.presence = [];
    expect(world.refused(() => world.submit('a', content()))).toEqual(['date: zrm-date-not-housed']);
  });

  it('is refused on the date of another ZRM; a target may be set on that day, once', () => {
    world.submit('a', content({ kind: 'baseline' }));
    expect(world.refused(() => world.submit('b', content({ kind: 'periodic' })))).toEqual(['date: zrm-date-taken']);
    expect(world.submit('t', content({ kind: 'target', scores: scoresOf('2017', 4) })).outcome).toBe('accepted');
    expect(world.refused(() => world.submit('u', content({ kind: 'target' })))).toEqual(['date: zrm-date-taken']);
  });

  it('happens once', () => {
    world.submit('a', content());
    expect(world.refused(() => world.submit('a', content()))).toEqual(['zrm-already-submitted']);
    expect(world.refused(() => world.draft('a', content()))).toEqual(['zrm-already-submitted']);
  });
});

describe('a draft', () => {
  it('takes what is there, and tells what is missing', () => {
    const { date: _, ...undated } = content({ scores: [{ domain: 'housing', remark: 'nog vragen' }] });
    const saved = world.draft('a', undated);
    expect(saved).toMatchObject({
      outcome: 'accepted',
      measurement: { state: 'draft', version: 1, savedBy: 'mentor' },
    });
    expect(saved.outcome === 'accepted' ? saved.missing.length : 0).toBe(14);
    expect(world.measurements.get('a')?.content.scores).toEqual([{ domain: 'housing', remark: 'nog vragen' }]);
  });

  it('is kept with a date that does not fit; only submitting it is refused', () => {
    const saved = world.draft('a', content({ date: d('2026-12-01') }));
    expect(saved).toMatchObject({ outcome: 'accepted', missing: [{ path: 'date', code: 'zrm-date-in-future' }] });
    expect(world.refused(() => world.submit('a', content({ date: d('2026-12-01') })))).toEqual([
      'date: zrm-date-in-future',
    ]);
    expect(world.submit('a', content()).outcome).toBe('accepted');
    expect(world.measurements.get('a')).toMatchObject({ state: 'submitted', version: 2 });
  });

  it('that is stale is refused, to save and to submit', () => {
    world.draft('a', content());
    world.draft('a', content({ particulars: 'nieuwer' }));
    expect(world.refused(() => world.draft('a', content(), 1))).toEqual(['stale-version']);
    const submit = { kind: 'submit', content: content(), expectedVersion: 1 } as const;
    expect(world.refused(() => world.do('a', submit))).toEqual(['stale-version']);
    expect(world.refused(() => world.draft('b', content(), 3))).toEqual(['stale-version']);
    expect(world.measurements.get('a')?.content.particulars).toBe('nieuwer');
  });

  it('does not take the date of another ZRM away', () => {
    world.draft('a', content());
    expect(world.submit('b', content()).outcome).toBe('accepted');
  });
});

describe('a target below the baseline', () => {
  const high = content({ kind: 'baseline', date: d('2026-02-01'), scores: scoresOf('2017', 4, { housing: 2 }) });
  const low = content({
    kind: 'target',
    date: d('2026-02-01'),
    scores: scoresOf('2017', 4, { finances: 3, justice: 'not-assessed' }),
  });
  const doubt = { question: 'target-below-baseline', domains: [{ domain: 'finances', baseline: 4, target: 3 }] };

  it('is asked about, and accepted once answered', () => {
    world.submit('b', high);
    expect(world.submit('t', low)).toEqual({ outcome: 'question', doubts: [doubt] });
    expect(world.measurements.has('t')).toBe(false);
    expect(world.submit('t', low, ['target-below-baseline']).outcome).toBe('accepted');
  });

  it('is asked about too when the baseline comes last', () => {
    world.submit('t', low);
    expect(world.submit('b', high)).toEqual({ outcome: 'question', doubts: [doubt] });
  });

  it('is seen over versions, where they can be compared', () => {
    const older = {
      kind: 'baseline',
      date: d('2026-02-01'),
      matrixVersion: '2010',
      scores: scoresOf('2010', 4),
    } as const;
    world.submit('b', content(older));
    expect(world.submit('t', low)).toEqual({ outcome: 'question', doubts: [doubt] });
    const split = content({ ...low, scores: scoresOf('2017', 4, { 'use-of-time': 1, 'basic-adl': 1 }) });
    expect(world.submit('t', split).outcome).toBe('accepted');
  });

  it('is not asked about a baseline of an earlier time in the chain', () => {
    world.presence = [{ from: d('2026-01-10'), until: d('2026-03-01') }, { from: d('2026-05-01') }];
    world.submit('b', high);
    expect(world.submit('t', { ...low, date: d('2026-05-02') }).outcome).toBe('accepted');
  });
});

describe('a second baseline', () => {
  const first = content({ kind: 'baseline', date: d('2026-02-01') });

  it('in the same time in the chain is asked about', () => {
    world.submit('a', first);
    const second = content({ kind: 'baseline', date: d('2026-04-01') });
    expect(world.submit('b', second)).toEqual({
      outcome: 'question',
      doubts: [{ question: 'baseline-again', since: '2026-02-01' }],
    });
    expect(world.submit('b', second, ['baseline-again']).outcome).toBe('accepted');
    expect(
      world.correct('b', content({ kind: 'baseline', date: d('2026-04-02') }), 'wrong-date', ['baseline-again'])
        .outcome,
    ).toBe('accepted');
  });

  it('after a new arrival is expected', () => {
    world.presence = [{ from: d('2026-01-10'), until: d('2026-03-01') }, { from: d('2026-03-01') }];
    world.submit('a', first);
    expect(world.submit('b', content({ kind: 'baseline', date: d('2026-03-01') })).outcome).toBe('accepted');
  });
});

describe('a correction', () => {
  beforeEach(() => {
    world.submit('a', content());
  });

  it('keeps every earlier version readable', () => {
    world.now = '2026-06-16T10:00:00Z';
    world.correct('a', content({ scores: scoresOf('2017', 3, { housing: 2 }) }));
    world.now = '2026-06-17T10:00:00Z';
    world.correct('a', content({ date: d('2026-06-09'), scores: scoresOf('2017', 3, { housing: 1 }) }), 'wrong-date');
    const corrected = world.measurements.get('a');
    expect(corrected).toMatchObject({
      state: 'corrected',
      version: 3,
      submittedAt: '2026-06-15T10:00:00.000Z',
      correctedAt: '2026-06-17T10:00:00.000Z',
      reason: 'wrong-date',
    });
    const earlier = corrected?.state === 'corrected' ? corrected.earlier : [];
    expect(earlier.map(({ version, at }) => [version, at.slice(0, 10)])).toEqual([
      [1, '2026-06-15'],
      [2, '2026-06-16'],
    ]);
    expect(earlier.map((edition) => edition.content.scores[3]?.score)).toEqual([3, 2]);
  });

  it.each([
    ['2026-06-29T21:59:59Z', 'accepted as accepted'],
    ['2026-06-29T22:00:00Z', 'zrm-correction-term-over'],
  ])('is possible within the term only, to the end of the last day in Amsterdam: %s', (now, answer) => {
    world.now = now;
    expect(world.refused(() => world.correct('a', content({ particulars: 'x' })))).toEqual([answer]);
  });

  it('follows the same rules as submitting', () => {
    world.submit('b', content({ date: d('2026-06-01') }));
    expect(world.refused(() => world.correct('b', content()))).toEqual(['date: zrm-date-taken']);
    expect(world.refused(() => world.correct('a', content({ scores: scoresOf('2017', 6) }))).length).toBe(13);
    expect(
      world.refused(() => world.do('a', { kind: 'correct', content: content(), expectedVersion: 7, reason: 'other' })),
    ).toEqual(['stale-version']);
  });

  it('that changes nothing is refused, also with scores in another order', () => {
    const given = content();
    expect(world.refused(() => world.correct('a', { ...given, scores: given.scores.toReversed() }))).toEqual([
      'zrm-correction-empty',
    ]);
  });

  it('is refused when what stood before leaves no room for more', () => {
    const long = (date: string) => {
      const scores = scoresOf('2017', 3).map((score) => ({ ...score, remark: 'x'.repeat(1_000) }));
      return content({ date: d(date), scores, particulars: 'y'.repeat(4_000) });
    };
    const answers: readonly string[][] = Array.from({ length: 9 }, (_, index) => [
      ...world.refused(() => world.correct('a', long(`2026-06-0${index + 1}`))),
    ]);
    const last = answers.findIndex(([answer]) => answer !== 'accepted as accepted');
    expect(last).toBeGreaterThan(4);
    expect(answers.slice(last)).toEqual(answers.slice(last).map(() => ['zrm-too-many-corrections']));
    expect(answers.at(-1)).toEqual(['zrm-too-many-corrections']);
  });

  it('of a draft, or of nothing, is refused', () => {
    world.draft('b', content({ date: d('2026-06-01') }));
    expect(world.refused(() => world.correct('b', content()))).toEqual(['zrm-still-draft']);
    expect(world.refused(() => world.correct('c', content()))).toEqual(['not-found']);
  });
});
