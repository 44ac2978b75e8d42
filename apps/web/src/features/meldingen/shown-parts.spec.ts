import { describe, expect, it } from '@jest/globals';

import type { MeldingUrgency } from '../../api/meldingen.js';
import { shownParts } from './shown-parts.js';

const parts = (count: number, high?: number) =>
  Array.from({ length: count }, (_, at): { at: number; urgency: MeldingUrgency } => ({
    at,
    urgency: at === high ? 'high' : 'normal',
  }));
const told = (count: number, urgency: MeldingUrgency, high?: number) => {
  const { shown, folded } = shownParts(parts(count, high), urgency);
  return { shown: shown.map(({ at }) => at), folded: folded.map(({ at }) => at) };
};

describe('the changes on a line of Vandaag', () => {
  it('are all of them while they are few', () => {
    expect(told(1, 'normal')).toEqual({ shown: [0], folded: [] });
    expect(told(5, 'normal')).toEqual({ shown: [0, 1, 2, 3, 4], folded: [] });
  });

  it('are the newest of many, and none is lost', () => {
    expect(told(7, 'normal')).toEqual({ shown: [2, 3, 4, 5, 6], folded: [0, 1] });
    const { shown, folded } = told(100, 'normal');
    expect([...folded, ...shown]).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });

  it('hold what makes it urgent, however long ago that was', () => {
    expect(told(8, 'high', 1)).toEqual({ shown: [1, 4, 5, 6, 7], folded: [0, 2, 3] });
    expect(told(8, 'high', 6)).toEqual({ shown: [3, 4, 5, 6, 7], folded: [0, 1, 2] });
  });

  it('are the newest where nothing is as urgent as the melding says', () => {
    expect(told(6, 'high')).toEqual({ shown: [1, 2, 3, 4, 5], folded: [0] });
  });
});
