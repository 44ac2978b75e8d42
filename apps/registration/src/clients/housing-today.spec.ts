import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { housingStatuses } from '#contracts/codes.js';
import { statusCondition, statusToday } from './housing-today.js';

const today = parseCivilDate('2026-03-01');

describe('the housing status of today', () => {
  it.each([
    ['housed', undefined, 'housed'],
    ['housed', '2026-03-02', 'housed'],
    ['housed', '2026-03-01', 'left'],
    ['left', undefined, 'left'],
    ['reserved', '2026-02-01', 'reserved'],
    ['none', undefined, 'none'],
  ] as const)('%s until %s is %s', (status, until, expected) => {
    expect(statusToday({ status, until: until && parseCivilDate(until) }, today)).toBe(expected);
  });

  it('has a condition for every status', () => {
    expect(housingStatuses.map((status) => JSON.stringify(statusCondition(status, today)))).toHaveLength(4);
    expect(statusCondition('none', today)).toEqual({ 'housing.status': 'none' });
  });
});
