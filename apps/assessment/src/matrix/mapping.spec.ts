import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { knownSteps, knownVersions } from './known-versions.js';
import { VersionMapping } from './mapping.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';

const mapping = new VersionMapping(knownVersions, knownSteps);
const everyDomain = knownVersions.flatMap(({ code, domains }) => domains.map((domain) => [code, domain.code] as const));
const place = fc.constantFrom(...everyDomain);
const version = fc.constantFrom(...knownVersions.map(({ code }) => code));

describe('a domain in another version', () => {
  it.each([
    ['2010', 'income', '2013', 'finances'],
    ['2010', 'family-relations', '2013', 'domestic-relations'],
    ['2010', 'bodily-health', '2013', 'physical-health'],
    ['2013', 'addiction', '2017', 'substance-use'],
    ['2010', 'income', '2017', 'finances'],
    ['2017', 'substance-use', '2010', 'addiction'],
  ])('%s %s is %s %s by another name', (from, domain, to, there) => {
    expect(mapping.match(from, domain, to)).toEqual({ comparable: true, domain: there, renamed: true });
  });

  it('has the same name mostly', () => {
    const same = { comparable: true, domain: 'housing', renamed: false };
    expect(mapping.match('2010', 'housing', '2017')).toEqual(same);
    expect(mapping.match('2010', 'adl-skills', '2013')).toEqual({
      comparable: true,
      domain: 'adl-skills',
      renamed: false,
    });
  });

  it.each([
    ['2013', 'day-activities', '2017', 'split', ['work-and-education', 'use-of-time']],
    ['2010', 'day-activities', '2017', 'split', ['work-and-education', 'use-of-time']],
    ['2013', 'adl-skills', '2017', 'split', ['basic-adl', 'instrumental-adl']],
    ['2017', 'use-of-time', '2013', 'merged', ['day-activities']],
    ['2017', 'basic-adl', '2010', 'merged', ['adl-skills']],
    ['parenthood', 'child-support', '2017', 'absent', []],
    ['2017', 'housing', 'parenthood', 'absent', []],
  ])('%s %s has no comparable one in %s: %s', (from, domain, to, reason, related) => {
    expect(mapping.match(from, domain, to)).toEqual({ comparable: false, reason, related });
  });

  it('is defined for every domain and version, and names only what is there', () => {
    for (const [from, domain] of everyDomain) {
      for (const { code, domains } of knownVersions) {
        const match = mapping.match(from, domain, code);
        const named = match.comparable ? [match.domain] : match.related;
        const there = domains.map((other) => other.code);
        expect(named.filter((other) => !there.includes(other))).toEqual([]);
      }
    }
  });

  it('is itself in its own version', () => {
    for (const [code, domain] of everyDomain) {
      expect(mapping.match(code, domain, code)).toEqual({ comparable: true, domain, renamed: false });
    }
  });

  it('is symmetric: what is comparable is so both ways, and a split is a merge from the other side', () => {
    fc.assert(
      fc.property(place, version, ([from, domain], to) => {
        const there = mapping.match(from, domain, to);
        for (const other of there.comparable ? [there.domain] : there.related) {
          const back = mapping.match(to, other, from);
          expect(back.comparable).toBe(there.comparable);
          if (back.comparable && there.comparable) expect([back.domain, back.renamed]).toEqual([domain, there.renamed]);
          if (!back.comparable && !there.comparable) {
            expect(back.related).toContain(domain);
            expect(back.reason).toBe(there.reason === 'split' ? 'merged' : 'split');
          }
        }
      }),
    );
  });

  it('is transitive over versions where comparable', () => {
    fc.assert(
      fc.property(place, version, version, ([from, domain], middle, to) => {
        const first = mapping.match(from, domain, middle);
        fc.pre(first.comparable);
        const second = mapping.match(middle, first.domain, to);
        const direct = mapping.match(from, domain, to);
        if (second.comparable) expect(direct).toMatchObject({ comparable: true, domain: second.domain });
        else expect(direct.comparable).toBe(false);
      }),
    );
  });
});

describe('other data', () => {
  const of = (code: string, ...domains: string[]): MatrixVersion => {
    const [one] = knownVersions;
    const [first] = one!.domains;
    return {
      ...one!,
      code,
      domains: domains.map((domain) => ({ ...first!, code: domain, name: { nl: domain, en: domain } })),
    };
  };

  it('keeps apart what was split and put together again on the way', () => {
    const versions = [of('a', 'x'), of('b', 'x1', 'x2'), of('c', 'x')];
    const split = { older: 'a', newer: 'b', links: [{ older: ['x'], newer: ['x1', 'x2'] }] };
    const merged = { older: 'b', newer: 'c', links: [{ older: ['x1', 'x2'], newer: ['x'] }] };
    const both = new VersionMapping(versions, [split, merged]);
    expect(both.match('a', 'x', 'c')).toEqual({ comparable: false, reason: 'merged', related: ['x'] });
  });

  it('has no counterpart where a domain was dropped', () => {
    const dropped = new VersionMapping(
      [of('a', 'x', 'y'), of('b', 'x')],
      [{ older: 'a', newer: 'b', links: [{ older: ['x'], newer: ['x'] }] }],
    );
    expect(dropped.match('a', 'y', 'b')).toEqual({ comparable: false, reason: 'absent', related: [] });
  });

  it('is refused when it names what is not there', () => {
    const step = (older: string[], newer: string[]) => ({ older: 'a', newer: 'b', links: [{ older, newer }] });
    const versions = [of('a', 'x'), of('b', 'x')];
    expect(() => new VersionMapping(versions, [step(['z'], ['x'])])).toThrow('version a of the ZRM has no domain z');
    expect(() => new VersionMapping(versions, [step(['x', 'x'], ['x'])])).toThrow('linked twice');
    expect(() => new VersionMapping([], [step(['x'], ['x'])])).toThrow('there is no version a');
    expect(() => new VersionMapping(versions, []).match('a', 'x', 'z')).toThrow('there is no version z');
  });
});
