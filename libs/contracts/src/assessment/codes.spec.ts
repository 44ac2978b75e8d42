import { describe, expect, it } from '@jest/globals';
import * as labels from './code-labels.js';
import * as codes from './codes.js';

describe('codes of the ZRM', () => {
  it('have a name in two languages, each in its own list', () => {
    const lists = Object.values(codes).flatMap((value) => {
      return typeof value === 'object' && value !== codes.zrmLevels ? [value.join()] : [];
    });
    const named = Object.values(labels).map((map) => Object.keys(map).join());
    expect(named.sort()).toEqual(lists.sort());
    for (const { nl, en } of Object.values(labels).flatMap((map) => Object.values(map))) {
      expect(nl).not.toBe('');
      expect(en).not.toBe('');
      expect(nl).not.toMatch(/\b(u|uw)\b/);
    }
  });

  it.each([0, 6, 2.5, '3', null, undefined, Number.NaN])('do not take %p for a level', (value) => {
    expect(codes.isZrmLevel(value)).toBe(false);
  });

  it('take 1 to 5 for a level', () => {
    expect([1, 2, 3, 4, 5].every(codes.isZrmLevel)).toBe(true);
  });
});
