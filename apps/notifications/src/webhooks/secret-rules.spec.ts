import { describe, expect, it } from '@jest/globals';
import { rotated, type SealedSecret, signing } from './secret-rules.js';

const now = new Date('2026-11-22T10:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const sealed = (data: string) => ({ iv: 'iv', data, tag: 'tag' });
const names = (secrets: readonly SealedSecret[]) => secrets.map(({ sealed: { data } }) => data);
const first: SealedSecret = { sealed: sealed('one'), madeAt: hours(-100), until: null };

describe('a secret that is rotated', () => {
  it('signs beside the new one for the overlap, and not after it', () => {
    const both = rotated([first], sealed('two'), now, 24);
    expect(names(signing(both, now))).toEqual(['two', 'one']);
    expect(names(signing(both, new Date(hours(24).getTime() - 1)))).toEqual(['two', 'one']);
    expect(names(signing(both, hours(24)))).toEqual(['two']);
  });

  it('signs nothing more at once without overlap, nor do those of before', () => {
    const both = rotated([first], sealed('two'), now, 24);
    expect(names(rotated(both, sealed('three'), hours(1), 0))).toEqual(['three']);
  });

  it('keeps its own end when it is rotated again, and is forgotten after it', () => {
    const both = rotated([first], sealed('two'), now, 24);
    const three = rotated(both, sealed('three'), hours(2), 48);
    expect(three.map(({ until }) => until)).toEqual([null, hours(50), hours(24)]);
    expect(names(rotated(both, sealed('three'), hours(30), 48))).toEqual(['three', 'two']);
  });

  it('is refused while four still sign', () => {
    const many = ['two', 'three', 'four'].reduce((all, name) => rotated(all, sealed(name), now, 24), [first]);
    expect(() => rotated(many, sealed('five'), now, 24)).toThrow(
      expect.objectContaining({ code: 'webhook-secrets-many' }),
    );
    expect(names(rotated(many, sealed('five'), hours(25), 24))).toEqual(['five', 'four']);
  });
});
