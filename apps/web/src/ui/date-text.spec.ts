import { describe, expect, it } from '@jest/globals';

import { dateText, parseDateText } from './date-text.js';

const today = '2026-11-22';
const parse = (text: string, latest?: string): string | undefined => parseDateText(text, { today, latest });

describe('a date as people type it', () => {
  it.each([
    ['22-11-2026', '2026-11-22'],
    ['22-11-26', '2026-11-22'],
    ['22/11/2026', '2026-11-22'],
    ['22.11.2026', '2026-11-22'],
    ['22 11 2026', '2026-11-22'],
    ['22112026', '2026-11-22'],
    ['3-4-2026', '2026-04-03'],
    [' 03 - 04 - 26 ', '2026-04-03'],
    ['22 november 2026', '2026-11-22'],
    ['1 mrt 2026', '2026-03-01'],
    ['1 maart 26', '2026-03-01'],
    ['5 mei 2026', '2026-05-05'],
    ['5 May 2026', '2026-05-05'],
    ['12 okt. 2026', '2026-10-12'],
    ['2026-11-22', '2026-11-22'],
    ['29-2-2028', '2028-02-29'],
  ])('%s', (text, date) => {
    expect(parse(text)).toBe(date);
  });

  it('understands words for days near today, over the end of a month', () => {
    expect(parse('vandaag')).toBe('2026-11-22');
    expect(parse('Morgen')).toBe('2026-11-23');
    expect(parse('gisteren')).toBe('2026-11-21');
    expect(parseDateText('overmorgen', { today: '2026-12-30' })).toBe('2027-01-01');
    expect(parseDateText('morgen', { today: '2026-03-28' })).toBe('2026-03-29');
  });

  it.each([
    '31-2-2026',
    '29-2-2026',
    '0-1-2026',
    '1-13-2026',
    '22-11',
    '22-11-',
    '22-11-202',
    'binnenkort',
    '',
    '5 foo 2026',
  ])('refuses %p', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('takes the day before the month, never the other way round', () => {
    expect(parse('11/22/2026')).toBeUndefined();
    expect(parse('04/03/2026')).toBe('2026-03-04');
  });

  it('gives a year of two digits the century that makes sense', () => {
    expect(parse('1-1-46')).toBe('2046-01-01');
    expect(parse('1-1-47')).toBe('1947-01-01');
    expect(parse('4-3-05', today)).toBe('2005-03-04');
    expect(parse('4-3-27', today)).toBe('1927-03-04');
  });

  it('waits for the rest of the year while somebody is typing', () => {
    expect(parseDateText('22-11-20', { today, typing: true })).toBeUndefined();
    expect(parseDateText('22-11-2026', { today, typing: true })).toBe('2026-11-22');
    expect(parseDateText('2026-11-22', { today, typing: true })).toBe('2026-11-22');
    expect(parseDateText('22112026', { today, typing: true })).toBe('2026-11-22');
    expect(parseDateText('vandaag', { today, typing: true })).toBe('2026-11-22');
  });

  it('is written back as it is read in the language of the page', () => {
    expect(dateText('2026-11-02', 'nl')).toBe('02-11-2026');
    expect(dateText('2026-11-02', 'en')).toBe('02/11/2026');
    expect(dateText('2-11-', 'nl')).toBe('2-11-');
    expect(dateText('', 'nl')).toBe('');
  });
});
