import { describe, expect, it } from '@jest/globals';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import {
  agreementOfOrganisations,
  LevelCollector,
  type RatingFor,
  withoutNumbers,
  withoutSmallCounts,
} from './calibration-figures.js';
import { agreementPerDomain } from './agreement.js';

/** Ratings on housing, `organisation rater` with a level per case. */
function ratings(given: Readonly<Record<string, readonly ZrmScore[]>>): RatingFor[] {
  return Object.entries(given).flatMap(([who, levels]) => {
    const [organisationId = '', rater = ''] = who.split(' ');
    return levels.map((score, index) => ({
      organisationId,
      rater,
      subject: `case ${index}`,
      domain: 'housing',
      score,
    }));
  });
}

const own = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5] as const;
const others = [1, 2, 3, 4, 4, 2, 2, 3, 4, 5] as const;

describe('agreement of an organisation with the others', () => {
  it('compares the middle one of its raters with the middle one of all others', () => {
    const [first] = agreementOfOrganisations(
      ratings({
        'haven ann': own.map(() => 1),
        'haven bob': own,
        'haven cas': own.map(() => 5),
        'brug dee': others,
        'brug eva': others.map(() => 'not-assessed'),
      }),
    ).slice(1);
    const pairs = [...own.entries()].flatMap(([index, score]) => [
      { rater: 'a', subject: String(index), domain: 'housing', score },
      { rater: 'b', subject: String(index), domain: 'housing', score: others[index] ?? 1 },
    ]);
    expect(first?.organisationId).toBe('haven');
    expect(first?.domains).toEqual([{ domain: 'housing', agreement: agreementPerDomain(pairs).get('housing') }]);
    expect(first?.domains[0]?.agreement).toMatchObject({ shown: true, measure: 'kappa', subjects: 10 });
  });

  it('takes the lower of two middle levels', () => {
    const given = ratings({ 'haven ann': own, 'haven bob': own.map(() => 5), 'brug dee': own });
    expect(agreementOfOrganisations(given)[1]?.domains[0]?.agreement).toMatchObject({ value: 1 });
  });

  it('leaves out cases that nobody else scored, and raters without an organisation', () => {
    const alone = ratings({ 'haven ann': own, 'haven bob': own });
    expect(agreementOfOrganisations(alone)).toEqual([{ organisationId: 'haven', domains: [] }]);
    const stranger = ratings({ 'x dee': own }).map(({ organisationId: _none, ...rating }) => rating);
    expect(agreementOfOrganisations([...alone, ...stranger])).toMatchObject([
      { organisationId: 'haven', domains: [{ agreement: { shown: true, value: 1 } }] },
    ]);
    expect(agreementOfOrganisations([])).toEqual([]);
  });

  it('is withheld on nine cases', () => {
    const given = ratings({ 'haven ann': own.slice(1), 'brug dee': own.slice(1) });
    expect(agreementOfOrganisations(given)[0]?.domains[0]?.agreement).toMatchObject({
      shown: false,
      because: 'too-few-subjects',
    });
  });
});

describe('levels per institution', () => {
  const collected = (levels: readonly ZrmScore[], said: readonly ZrmScore[] = [], organisationId = 'haven') => {
    const collector = new LevelCollector();
    for (const [index, score] of levels.entries()) {
      const clientScore = said[index];
      const scores = [{ domain: 'housing', score, ...(clientScore === undefined ? {} : { clientScore }) }];
      collector.add({ clientId: `${organisationId}-${index}`, organisationId, scores });
    }
    return collector.result(['housing', 'justice']);
  };

  it('stand beside what clients say of themselves, of those who did', () => {
    const [haven] = collected([...own, 'not-assessed', 3], others);
    expect(haven?.domains[0]).toMatchObject({
      domain: 'housing',
      professional: { shown: true, assessed: 11, notAssessed: 1, counts: { 1: 2, 2: 2, 3: 3, 4: 2, 5: 2 } },
      client: { shown: true, assessed: 10, counts: { 1: 1, 2: 3, 3: 2, 4: 3, 5: 1 } },
      agreement: { shown: true, measure: 'kappa', subjects: 10, leftOut: 0 },
    });
    expect(haven?.domains[1]).toEqual({
      domain: 'justice',
      professional: { shown: false, because: 'too-few-subjects' },
      client: { shown: false, because: 'too-few-subjects' },
      agreement: { shown: false, because: 'too-few-subjects', raters: 2, subjects: 0, leftOut: 0 },
    });
  });

  it('are hidden under five clients', () => {
    expect(collected([1, 2, 3, 4])[0]?.domains[0]?.professional).toEqual({ shown: false, because: 'too-few-subjects' });
    expect(collected([1, 2, 3, 4, 5])[0]?.domains[0]?.professional).toMatchObject({ shown: true });
  });

  it('show policy no count under five, and nothing from which one could be reckoned', () => {
    const items = collected([3, 3, 3, 3, 3, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 'not-assessed'], others);
    expect(withoutSmallCounts(items)[0]?.domains[0]).toEqual({
      domain: 'housing',
      professional: { shown: 'in-part', counts: { 3: 5, 4: 6 } },
      client: { shown: false, because: 'too-few-subjects' },
      agreement: expect.not.objectContaining({ subjects: expect.anything() }),
    });
  });
});

it('leaves the numbers of cases out of a figure', () => {
  const figure = { shown: false, because: 'too-few-subjects', raters: 2, subjects: 3, leftOut: 1 } as const;
  expect(withoutNumbers(figure)).toEqual({ shown: false, because: 'too-few-subjects', raters: 2 });
});
