import { describe, expect, it } from '@jest/globals';

import { parseCivilDate } from '#calendar/civil-date.js';

import type { DraftContent } from '../../api/zrm.js';
import { differences, inputOf, scoreOfKey, valuesOf, withDomain } from './zrm-values.js';

const DOMAINS = ['housing', 'justice', 'finances'];
const saved: DraftContent = {
  kind: 'periodic',
  date: parseCivilDate('2026-06-10'),
  matrixVersion: '2017',
  supplements: [],
  scores: [
    { domain: 'housing', score: 3, clientScore: 4, remark: 'Heeft een plek.' },
    { domain: 'justice', score: 'not-assessed' },
  ],
  weights: [{ factor: 'travel', answer: 'plays-a-part', note: 'Ver weg' }],
  particulars: 'Bespreken.',
  participants: ['client'],
};

describe('what stands in the form of a ZRM', () => {
  it('is sent as it was saved when nothing was changed', () => {
    expect(inputOf(valuesOf(saved), DOMAINS)).toEqual(saved);
  });

  it('leaves out what is empty, a date that is half typed, and what belongs to a supplement that is off', () => {
    const { date: _, ...undated } = { ...saved, scores: [], weights: [], participants: [] };
    const typed = { ...valuesOf(undated), date: '12-3', particulars: '  ' };
    const filled = withDomain(withDomain(typed, 'housing', { remark: ' ' }), 'child-support', { score: 2 });
    expect(inputOf(filled, DOMAINS)).toEqual({
      kind: 'periodic',
      matrixVersion: '2017',
      supplements: [],
      scores: [],
      weights: [],
      participants: [],
    });
  });

  it('differs from what another saved in exactly the domains that say something else', () => {
    const ours = inputOf(withDomain(valuesOf(saved), 'finances', { score: 2 }), DOMAINS);
    expect(differences(ours, saved)).toEqual({ domains: ['finances'], rest: false });
    const reordered = { remark: 'Heeft een plek.', clientScore: 4, score: 3, domain: 'housing' } as const;
    const theirs: DraftContent = { ...saved, scores: [reordered], particulars: 'Anders.' };
    expect(differences(ours, theirs)).toEqual({ domains: ['justice', 'finances'], rest: true });
  });

  it.each([
    ['1', 1],
    ['5', 5],
    ['0', 'not-assessed'],
    ['n', 'not-assessed'],
    ['Backspace', 'clear'],
    ['6', undefined],
    ['Tab', undefined],
  ])('reads the key %s as %p', (key, score) => {
    expect(scoreOfKey(key)).toBe(score);
  });
});
