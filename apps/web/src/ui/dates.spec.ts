import { afterEach, describe, expect, it, jest } from '@jest/globals';

const language = jest.fn(() => 'nl');
jest.unstable_mockModule('../i18n/index.js', () => ({ currentLanguage: language }));
const dates = await import('./dates.js');

afterEach(() => {
  dates.rememberToday(undefined);
  language.mockReturnValue('nl');
});

describe('dates', () => {
  it('counts days over the change to summer and winter time', () => {
    expect(dates.addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(dates.daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });

  it('takes the civil date of an instant in Amsterdam', () => {
    expect(dates.civilDateOf('2026-06-30T22:30:00Z')).toBe('2026-07-01');
    expect(dates.civilDateOf('2026-12-31T22:30:00Z')).toBe('2026-12-31');
  });

  it('says near days in words and far ones as a date, in both languages', () => {
    dates.rememberToday('2026-03-10');
    expect(dates.formatRelativeDay('2026-03-09')).toBe('gisteren');
    expect(dates.formatRelativeDay('2026-03-13')).toBe('over 3 dagen');
    expect(dates.formatRelativeDay('2026-04-13')).toBe('13 april 2026');
    language.mockReturnValue('en');
    expect(dates.formatRelativeDay('2026-03-09')).toBe('yesterday');
  });

  it('follows the day of the services, which the demo can move', () => {
    dates.rememberToday('2027-01-01');
    expect(dates.today()).toBe('2027-01-01');
  });
});
