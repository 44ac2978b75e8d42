import { describe, expect, it } from '@jest/globals';

import type { AttentionGroup } from '../../api/meldingen.js';
import { inGroups } from './attention.js';

const rows = (...groups: AttentionGroup[]) => groups.map((group, at) => ({ group, at }));
const told = (...groups: AttentionGroup[]) =>
  inGroups(rows(...groups)).map(({ group, rows: of }) => [group, of.length]);

describe('the headings of Vandaag', () => {
  it('stand where the reason changes', () => {
    expect(told('late', 'late', 'high', 'normal', 'normal', 'low')).toEqual([
      ['late', 2],
      ['high', 1],
      ['normal', 2],
      ['low', 1],
    ]);
    expect(told('normal')).toEqual([['normal', 1]]);
    expect(told()).toEqual([]);
  });

  it('never come twice, and never change the order: what became late between two pages stays where it came', () => {
    expect(told('high', 'normal', 'late', 'normal', 'high', 'low')).toEqual([
      ['high', 1],
      ['normal', 4],
      ['low', 1],
    ]);
    const all = inGroups(rows('high', 'normal', 'late', 'low')).flatMap(({ rows: of }) => of.map(({ at }) => at));
    expect(all).toEqual([0, 1, 2, 3]);
  });
});
