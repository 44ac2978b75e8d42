import { describe, expect, it } from '@jest/globals';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import type { ProgressRule } from '#contracts/assessment/progress.js';
import { course, domainIn, matrix, progress, zrm } from './progress-world.fixture.js';
import { progressOf } from './progress.js';

const kindsOf = (history: Parameters<typeof progress>[0], rules?: readonly ProgressRule[]) =>
  progress(history, rules).findings.map(({ kind }) => kind);
const none = 'not-assessed';

describe('one domain', () => {
  it.each([
    ['halfway', [2, 3], 4, { standing: 'above-baseline', position: 0.5, direction: 'up', stillZrms: 0 }],
    ['a third, after a fall from two thirds', [1, 3, 2], 4, { standing: 'above-baseline', direction: 'down' }],
    ['at the baseline', [2, 2, 2], 4, { standing: 'at-baseline', position: 0, direction: 'same', stillZrms: 2 }],
    ['below the baseline', [2, 1], 4, { standing: 'below-baseline', position: 0, direction: 'down' }],
    ['at the target', [2, 4], 4, { standing: 'target-reached', position: 1 }],
    ['past the target', [2, 5], 4, { standing: 'target-reached', position: 1 }],
    ['at a target below the baseline', [4, 3], 3, { standing: 'target-reached', position: 1, direction: 'down' }],
    ['under a target below the baseline', [4, 2], 3, { standing: 'below-baseline', position: 0 }],
    ['at a target that is the baseline', [3, 3], 3, { standing: 'target-reached', position: 1 }],
    ['not assessed lately: the last level counts', [2, 3, none], 4, { standing: 'above-baseline', direction: 'up' }],
    ['assessed once', [2], 4, { standing: 'at-baseline', position: 0, direction: 'unknown', stillZrms: 0 }],
  ] as const)('%s', (_what, levels, target, expected) => {
    const { position, ...rest } = expected as typeof expected & { position?: number };
    const result = domainIn(progress(course({ housing: levels }, { housing: target })), 'housing');
    expect(result).toMatchObject(rest);
    if (position !== undefined) expect(result.position).toBeCloseTo(position, 12);
  });

  it.each([
    ['no target', course({ housing: [2, 3] }), 'no-target'],
    [
      'no baseline',
      [zrm('periodic', '2026-01-05', { housing: 2 }), zrm('target', '2026-01-05', { housing: 4 })],
      'no-baseline',
    ],
    ['no level', course({ housing: [none, none], justice: [3, 3] }, { housing: 4 }), 'not-assessed'],
    ['a baseline without this domain', course({ housing: [none, 3], justice: [3, 3] }, { housing: 4 }), 'no-baseline'],
    [
      'a target reached without a baseline',
      [zrm('periodic', '2026-01-05', { housing: 4 }), zrm('target', '2026-01-05', { housing: 4 })],
      'target-reached',
    ],
  ])('with %s', (_what, history, standing) => {
    const result = domainIn(progress(history), 'housing');
    expect(result.standing).toBe(standing);
    expect(result).not.toHaveProperty('position');
  });

  it('tells the last move, and since when the level stands', () => {
    const result = domainIn(progress(course({ housing: [3, 3, 2, none, 2] })), 'housing');
    expect(result.lastMove).toEqual({ from: 3, to: 2, since: '2026-07-06' });
    expect(result.current).toMatchObject({ level: 2, date: '2027-01-04', since: '2026-07-06' });
    expect(domainIn(progress(course({ housing: [3, 3] })), 'housing')).not.toHaveProperty('lastMove');
  });
});

describe('a drop', () => {
  it('says which domain, from what to what, and since when', () => {
    const [finding] = progress([
      zrm('baseline', '2025-12-10', { housing: 3, finances: 4 }),
      zrm('periodic', '2026-03-12', { housing: 2, finances: 3 }),
    ]).findings;
    expect(finding).toEqual({
      kind: 'drop',
      ruleId: 'drop-of-one',
      domain: 'housing',
      from: 3,
      to: 2,
      before: '2025-12-10',
      since: '2026-03-12',
    });
  });

  it.each([
    ['of a domain that the region does not watch', { finances: [4, 1] }, []],
    [
      'of the four that it watches',
      { housing: [3, 2], 'mental-health': [3, 2], 'substance-use': [3, 1], justice: [5, 4] },
      ['drop', 'drop', 'drop', 'drop'],
    ],
    ['that was there at the ZRM before the latest', { housing: [3, 2, 2] }, []],
    ['against the last time that it was assessed', { housing: [3, none, 2] }, ['drop']],
    ['in a domain that was not assessed in the latest ZRM', { housing: [3, 2, none], justice: [3, 3, 4] }, []],
    ['upwards', { housing: [2, 3] }, []],
  ] satisfies [string, Record<string, ZrmScore[]>, string[]][])('%s', (_what, levels, kinds) => {
    expect(kindsOf(course(levels))).toEqual(kinds);
  });

  it('needs as many levels at once as the region says', () => {
    const rules: ProgressRule[] = [{ ruleId: 'two', kind: 'drop', levels: 2 }];
    expect(kindsOf(course({ finances: [5, 4, 3] }), rules)).toEqual([]);
    expect(kindsOf(course({ finances: [5, 3] }), rules)).toEqual(['drop']);
  });
});

describe('stagnation', () => {
  it('takes two consecutive ZRMs that brought nothing, so three in all', () => {
    expect(kindsOf(course({ housing: [2, 2] }))).toEqual([]);
    expect(progress(course({ housing: [2, 2, 2], justice: [3, 3, 3] })).findings).toEqual([
      {
        kind: 'stagnation',
        ruleId: 'no-movement',
        zrms: 2,
        since: '2026-01-05',
        domains: [
          { domain: 'housing', level: 2, since: '2026-01-05' },
          { domain: 'justice', level: 3, since: '2026-01-05' },
        ],
      },
    ]);
  });

  it.each([
    ['one domain that moves is movement', { housing: [2, 2, 2], finances: [2, 2, 3] }, {}, []],
    ['also downwards, in a domain without a rule', { housing: [2, 2, 2], finances: [3, 3, 2] }, {}, []],
    ['movement before counts no longer', { housing: [1, 2, 2, 2] }, {}, ['stagnation']],
    ['a ZRM in which nothing was assessed is skipped', { housing: [2, 2, none, 2] }, {}, ['stagnation']],
    ['and does not count as one without movement', { housing: [2, 2, none] }, {}, []],
    ['a domain is compared with when it was last assessed', { housing: [2, none, 3], justice: [3, 3, 3] }, {}, []],
    ['every target reached', { housing: [2, 4, 4, 4] }, { housing: 4 }, []],
    ['every target that was set reached', { housing: [2, 4, 4, 4], justice: [3, 3, 3, 3] }, { housing: 4 }, []],
    [
      'one target not reached',
      { housing: [2, 4, 4, 4], justice: [3, 3, 3, 3] },
      { housing: 4, justice: 4 },
      ['stagnation'],
    ],
    ['level 5 everywhere without any target', { housing: [5, 5, 5], justice: [5, 5, 5] }, {}, []],
  ] satisfies [string, Record<string, ZrmScore[]>, Record<string, ZrmScore>, string[]][])(
    '%s',
    (_what, levels, target, kinds) => {
      expect(kindsOf(course(levels, target))).toEqual(kinds);
    },
  );

  it('names only the domains that still have a way to go, and since when nothing moved', () => {
    const [finding] = progress(
      course({ housing: [1, 2, 2, 2, 2], justice: [5, 5, 5, 5, 5] }, { housing: 4, justice: 5 }),
    ).findings;
    expect(finding).toMatchObject({
      zrms: 3,
      since: '2026-04-06',
      domains: [{ domain: 'housing', since: '2026-04-06' }],
    });
  });

  it('can be a rule per domain', () => {
    const rules: ProgressRule[] = [
      {
        ruleId: 'each',
        kind: 'stagnation',
        scope: 'domain',
        zrms: 2,
        domains: [{ matrixVersion: '2010', domain: 'income' }],
      },
    ];
    const history = course({ finances: [2, 2, 2], housing: [2, 2, 2], justice: [1, 2, 3] });
    expect(progress(history, rules).findings).toMatchObject([{ ruleId: 'each', domains: [{ domain: 'finances' }] }]);
  });

  it('can be limited to some domains', () => {
    const rules: ProgressRule[] = [
      {
        ruleId: 'some',
        kind: 'stagnation',
        scope: 'client',
        zrms: 2,
        domains: [{ matrixVersion: '2017', domain: 'housing' }],
      },
    ];
    expect(kindsOf(course({ finances: [1, 2, 3], housing: [2, 2, 2] }), rules)).toEqual(['stagnation']);
  });
});

describe('a target reached', () => {
  it('is told at the ZRM in which it was reached, not again', () => {
    expect(progress(course({ housing: [2, 4] }, { housing: 4 })).findings).toEqual([
      { kind: 'target-reached', domain: 'housing', from: 2, to: 4, target: 4, since: '2026-04-06' },
    ]);
    expect(kindsOf(course({ housing: [2, 4, 5] }, { housing: 4 }))).toEqual([]);
    expect(kindsOf(course({ housing: [4, 4] }, { housing: 4 }))).toEqual([]);
  });
});

describe('all domains together', () => {
  it.each([
    ['up', { housing: [2, 3], justice: [3, 3] }],
    ['down', { housing: [3, 2], justice: [3, 3] }],
    ['mixed', { housing: [3, 2], justice: [3, 4] }],
    ['up', { housing: [3, 2], justice: [2, 4] }],
    ['same', { housing: [3, 3], justice: [none, 4] }],
    ['unknown', { housing: [3, none], justice: [none, 4] }],
    ['unknown', {}],
  ] satisfies [string, Record<string, ZrmScore[]>][])('went %s', (direction, levels) => {
    expect(progress(course(levels)).direction).toBe(direction);
  });

  it('have the mean of the positions that are known', () => {
    const result = progress(course({ housing: [2, 3], justice: [1, 3], finances: [3, 3] }, { housing: 4, justice: 3 }));
    expect(result).toMatchObject({ position: 0.75, targetsSet: 2, targetsReached: 1 });
    expect(result.latest).toEqual({ measurementId: 'periodic 2026-04-06', kind: 'periodic', date: '2026-04-06' });
  });

  it('are nothing without a history', () => {
    expect(progress([])).toEqual({
      direction: 'unknown',
      targetsSet: 0,
      targetsReached: 0,
      domains: [],
      findings: [],
      incomparable: [],
    });
  });

  it('start anew at a new baseline, with the target that was set since', () => {
    const history = [
      ...course({ housing: [1, 2] }, { housing: 3 }),
      zrm('baseline', '2027-02-01', { housing: 4 }),
      zrm('periodic', '2027-05-01', { housing: 4 }),
    ];
    expect(domainIn(progress(history), 'housing')).toMatchObject({ standing: 'no-target', baseline: { level: 4 } });
    const aimed = [...history, zrm('target', '2027-03-01', { housing: 5 })];
    expect(domainIn(progress(aimed), 'housing')).toMatchObject({ standing: 'at-baseline', position: 0 });
    expect(domainIn(progress(aimed), 'housing').series).toHaveLength(2);
  });

  it('are told as of a date', () => {
    const history = course({ housing: [3, 3, 2] });
    const asOf = history[1]!.content.date;
    expect(progressOf(history, matrix, [], { asOf })).toEqual(progress(history.slice(0, 2), []));
  });
});

describe('a change of the version of the matrix', () => {
  const history = [
    zrm('baseline', '2026-01-05', { finances: 2, addiction: 3, 'day-activities': 2, 'adl-skills': 4 }, '2013'),
    zrm('target', '2026-01-05', { finances: 4, addiction: 4, 'day-activities': 4 }, '2013'),
    zrm('periodic', '2026-04-06', { finances: 3, 'substance-use': 2, 'work-and-education': 3, 'basic-adl': 4 }),
  ];

  it('is told in the version that a form is filled in by, before anything was submitted in it', () => {
    const result = progressOf(history.slice(0, 2), matrix, [], { matrixVersion: '2017' });
    expect(result.matrixVersion).toBe('2017');
    expect(domainIn(result, 'substance-use')).toMatchObject({
      baseline: { level: 3 },
      target: { level: 4 },
      series: [{ level: 3 }],
    });
    expect(domainIn(result, 'work-and-education').series).toEqual([]);
    expect(result.incomparable.map(({ domain }) => domain)).toContain('day-activities');
  });

  it('goes on where the domains can be compared, also by another name', () => {
    const result = progress(history);
    expect(result.matrixVersion).toBe('2017');
    expect(domainIn(result, 'finances')).toMatchObject({ position: 0.5, direction: 'up' });
    expect(domainIn(result, 'substance-use')).toMatchObject({ standing: 'below-baseline', baseline: { level: 3 } });
    expect(result.findings).toMatchObject([{ kind: 'drop', domain: 'substance-use', from: 3, to: 2 }]);
  });

  it('shows what cannot be compared as such, with the reason', () => {
    const result = progress(history);
    expect(domainIn(result, 'work-and-education')).toMatchObject({ standing: 'no-target', direction: 'unknown' });
    expect(
      result.incomparable.map(({ domain, reason, related, level }) => ({ domain, reason, related, level })),
    ).toEqual([
      { domain: 'day-activities', reason: 'split', related: ['work-and-education', 'use-of-time'], level: 2 },
      { domain: 'adl-skills', reason: 'split', related: ['basic-adl', 'instrumental-adl'], level: 4 },
      { domain: 'day-activities', reason: 'split', related: ['work-and-education', 'use-of-time'], level: 4 },
    ]);
  });

  it('works backwards too, when the latest ZRM is of an older version', () => {
    const result = progress([...history, zrm('periodic', '2026-07-06', { finances: 4, addiction: 2 }, '2013')]);
    expect(result.matrixVersion).toBe('2013');
    expect(domainIn(result, 'addiction')).toMatchObject({ stillZrms: 1, direction: 'same' });
    expect(result.incomparable.map(({ domain, reason }) => [domain, reason])).toEqual([
      ['work-and-education', 'merged'],
      ['basic-adl', 'merged'],
    ]);
  });

  it('leaves a supplement comparable with itself', () => {
    const result = progress([
      zrm('baseline', '2026-01-05', { 'child-minding': 2 }, '2013'),
      zrm('periodic', '2026-04-06', { 'child-minding': 3 }),
    ]);
    expect(domainIn(result, 'child-minding')).toMatchObject({ direction: 'up', matrixVersion: 'parenthood' });
  });
});
