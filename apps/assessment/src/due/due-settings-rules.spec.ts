import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { UpdateDueSettings } from '#contracts/assessment/due.js';
import { defaultDueSettings } from './default-settings.js';
import { changedSettings } from './due-settings-rules.js';

const step = (name: string, days: number) => ({ step: name, days, audience: ['clientmanager' as const] });

describe('a change of when ZRMs are due', () => {
  it('leaves what it does not name', () => {
    const ladder = [step('ahead', -7), step('late', 3)];
    expect(changedSettings(defaultDueSettings, { ladder, baselineTerm: { days: 10 } })).toEqual({
      ...defaultDueSettings,
      ladder,
      baselineTerm: { days: 10 },
    });
  });

  it.each([
    ['a term of nothing', { targetTerm: { months: 0 } }, 'due-term-empty', 'targetTerm'],
    ['a term without a length', { returnTerm: {} }, 'due-term-empty', 'returnTerm'],
    ['steps out of order', { ladder: [step('late', 7), step('ahead', -7)] }, 'due-ladder-order', 'ladder'],
    ['two steps on a day', { ladder: [step('late', 7), step('later', 7)] }, 'due-ladder-order', 'ladder'],
    ['a step twice', { ladder: [step('late', 7), step('late', 8)] }, 'due-step-twice', 'ladder'],
  ])('is refused with %s, at its field', (_, change, code, path) => {
    expect(() => changedSettings(defaultDueSettings, change)).toThrow(
      expect.objectContaining({ code, fields: [expect.objectContaining({ path })] }),
    );
  });

  it('is refused when it changes nothing', () => {
    const same = {
      intervalMonths: 3,
      ladder: defaultDueSettings.ladder.map((one) => ({ ...one, audience: [...one.audience] })),
    };
    expect(() => changedSettings(defaultDueSettings, same)).toThrow(
      expect.objectContaining({ code: 'due-settings-same' }),
    );
  });

  it.each([
    [{ ladder: [] }, 'ladder'],
    [{ ladder: [{ step: 'Te laat', days: 7, audience: ['clientmanager'] }] }, 'ladder'],
    [{ ladder: [{ step: 'late', days: 7, audience: [] }] }, 'ladder'],
    [{ ladder: [{ step: 'late', days: 7.5, audience: ['clientmanager'] }] }, 'ladder'],
    [{ ladder: [{ step: 'late', days: 7, audience: ['beleid'] }] }, 'ladder'],
    [{ remindAt: '24:00' }, 'remindAt'],
    [{ intervalMonths: 0 }, 'intervalMonths'],
    [{ baselineTerm: { days: -1 } }, 'baselineTerm'],
    [{ longLeaveNights: 367 }, 'longLeaveNights'],
  ])('is stopped at the door with %j', (change, property) => {
    const problems = validateSync(plainToInstance(UpdateDueSettings, change), { whitelist: true });
    expect(problems).toMatchObject([{ property }]);
  });
});
