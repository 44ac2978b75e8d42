import { describe, expect, it } from '@jest/globals';
import * as labels from './code-labels.js';
import * as codes from './codes.js';
import { interpolate, periodText } from './refusal-interpolation.js';
import { isRefusalCode, refusalTexts } from './refusal-texts.js';
import { Refusal, fieldProblem } from './refusal.js';

describe('refusal', () => {
  it('fills in place and period in both languages, with dates as people write them', () => {
    const refusal = Refusal.of('place-occupied', {
      params: { place: 'Haven 3', period: periodText({ from: '2026-03-01' }) },
      fields: ['placeId'],
    });
    expect(refusal.status).toBe(409);
    expect(refusal.messages.nl).toContain('Haven 3 is bezet: vanaf 1 maart 2026.');
    expect(refusal.messages.en).toContain('Haven 3 is occupied: from 1 March 2026.');
    expect(refusal.fields).toEqual([{ path: 'placeId', code: 'place-occupied', ...refusal.messages }]);
  });

  it('writes a period with an end half-open', () => {
    const text = interpolate('{period}', { period: '2026-03-01/2026-04-01' }, 'nl');
    expect(text).toBe('vanaf 1 maart 2026 tot 1 april 2026');
    expect(interpolate('{period}', { period: '../2026-04-01' }, 'en')).toBe('until 1 April 2026');
    expect(interpolate('{period}', { period: '../..' }, 'nl')).toBe('altijd');
  });

  it('speaks to a colleague: je, never u, in every text', () => {
    const formal = Object.entries(refusalTexts).filter(([, { nl }]) => /\b(u|uw|uzelf)\b/i.test(nl));
    expect(formal.map(([code]) => code)).toEqual([]);
  });

  it('survives the journey as JSON', () => {
    const sent = Refusal.ofFields([fieldProblem('address.postcode', 'postcode-invalid')]);
    const received = Refusal.fromJSON(JSON.parse(JSON.stringify(sent)));
    expect(received).toBeInstanceOf(Refusal);
    expect(received?.toJSON()).toEqual(sent.toJSON());
  });

  it.each([null, 'x', {}, { ...Refusal.of('not-found').toJSON(), status: 418 }, { code: 'x', status: 400 }])(
    'does not take %j for a refusal',
    (value) => {
      expect(Refusal.fromJSON(value)).toBeUndefined();
    },
  );

  it('does not take an inherited property for a code', () => {
    expect(isRefusalCode('toString')).toBe(false);
    expect(isRefusalCode('not-found')).toBe(true);
  });

  it('asks the same parameters in Dutch and English', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const { nl, en } of Object.values(refusalTexts)) expect(names(nl)).toEqual(names(en));
  });
});

describe('code labels', () => {
  it('name every code in two languages', () => {
    const named = new Set(Object.values(labels).flatMap((map) => Object.keys(map)));
    const lists = Object.values(codes).filter((value) => Array.isArray(value));
    expect(lists.length).toBe(Object.keys(labels).length);
    for (const code of lists.flat()) expect(named).toContain(code);
  });
});

describe('zwaarte', () => {
  it('runs from light to heavy', () => {
    expect(codes.compareZwaarte('light', 'heavy')).toBeLessThan(0);
    expect(codes.compareZwaarte('heavy', 'medium')).toBeGreaterThan(0);
    expect(codes.compareZwaarte('medium', 'medium')).toBe(0);
  });
});
