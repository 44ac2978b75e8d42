import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, parseCivilDate } from '#calendar/civil-date.js';
import { zrmLevels } from '#contracts/assessment/codes.js';
import type { MeasurementKind, ZrmScore } from '#contracts/assessment/codes.js';
import { positionOf } from './domain-progress.js';
import { domainIn, matrix, progress, zrm } from './progress-world.fixture.js';
import type { ProgressMeasurement } from './projection.js';

const level = fc.constantFrom(...zrmLevels);
const score = fc.oneof({ weight: 4, arbitrary: level }, { weight: 1, arbitrary: fc.constant('not-assessed' as const) });
const version = fc.constantFrom('2010', '2013', '2017');
const start = parseCivilDate('2024-01-31');

/** ZRMs on different dates, of any kind and version, with any scores. */
const history: fc.Arbitrary<ProgressMeasurement[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<MeasurementKind>('baseline', 'target', 'periodic', 'final'),
      version,
      scores: fc.array(score, { minLength: 13, maxLength: 13 }),
    }),
    { maxLength: 8 },
  )
  .map((zrms) =>
    zrms.map(({ kind, version: code, scores }, index) => {
      const domains = matrix.version(code)?.domains ?? [];
      const filled = domains.map((domain, position): [string, ZrmScore] => [
        domain.code,
        scores[position] ?? 'not-assessed',
      ]);
      return zrm(kind, addDays(start, index * 40), Object.fromEntries(filled), code);
    }),
  );

describe('progress, whatever the history', () => {
  it('does not depend on the order, nor on how often a ZRM is given', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (zrms, picks) => {
        const shuffled = zrms.flatMap((one) =>
          Array.from({ length: 1 + ((picks.next().value as number) % 3) }, () => one),
        );
        for (let index = shuffled.length - 1; index > 0; index -= 1) {
          const other = (picks.next().value as number) % (index + 1);
          [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
        }
        expect(progress(shuffled)).toEqual(progress(zrms));
      }),
    );
  });

  it('counts the newest version of a corrected ZRM', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const corrected = after.map((one) => ({ ...one, version: 2 }));
        const replaced = new Set(corrected.map(({ measurementId }) => measurementId));
        const rest = before.filter(({ measurementId }) => !replaced.has(measurementId));
        expect(progress([...corrected, ...before])).toEqual(progress([...rest, ...corrected]));
      }),
    );
  });

  it('stays within its bounds, and agrees with itself', () => {
    fc.assert(
      fc.property(history, (zrms) => {
        const result = progress(zrms);
        const positions = result.domains.flatMap(({ position }) => position ?? []);
        for (const position of positions) expect(position >= 0 && position <= 1).toBe(true);
        expect(result.position === undefined).toBe(positions.length === 0);
        if (result.position !== undefined) {
          expect(result.position).toBeGreaterThanOrEqual(Math.min(...positions) - 1e-12);
          expect(result.position).toBeLessThanOrEqual(Math.max(...positions) + 1e-12);
        }
        for (const { standing, position, current, series, stillZrms, target } of result.domains) {
          if (position !== undefined) expect(position === 1).toBe(standing === 'target-reached');
          expect(current === undefined).toBe(standing === 'not-assessed');
          expect(stillZrms).toBeLessThan(Math.max(1, series.length));
          expect(series.map(({ date }) => date)).toEqual(series.map(({ date }) => date).sort());
          if (target === undefined) expect(standing).not.toBe('target-reached');
        }
        expect(result.targetsReached).toBeLessThanOrEqual(result.targetsSet);
      }),
    );
  });

  it('loses no level: each is in a series or shown as not comparable', () => {
    fc.assert(
      fc.property(history, (zrms) => {
        const result = progress(zrms);
        const first = result.baseline?.date ?? start;
        const counted = zrms.filter(({ content }) => content.date >= first && content.kind !== 'target');
        const given = counted.flatMap(({ content }) => content.scores.filter((one) => one.score !== 'not-assessed'));
        const target = result.target?.measurementId;
        const shown = result.domains.flatMap(({ series }) => series);
        const apart = result.incomparable.filter(({ measurementId }) => measurementId !== target);
        expect(shown.length + apart.length).toBe(given.length);
      }),
    );
  });

  it('tells no drop where nothing fell, and no stagnation right after a move', () => {
    fc.assert(
      fc.property(history, (zrms) => {
        const result = progress(zrms);
        for (const finding of result.findings) {
          if (finding.kind === 'drop') {
            expect(finding.from).toBeGreaterThan(finding.to);
            expect(finding.since).toBe(result.latest?.date);
            expect(domainIn(result, finding.domain).lastMove).toEqual({
              from: finding.from,
              to: finding.to,
              since: finding.since,
            });
          }
          if (finding.kind === 'stagnation') {
            expect(result.direction).toBe('same');
            expect(finding.zrms).toBeGreaterThanOrEqual(2);
            expect(finding.domains.length).toBeGreaterThan(0);
            for (const { domain, since } of finding.domains) {
              expect(domainIn(result, domain).standing).not.toBe('target-reached');
              expect(since <= (result.latest?.date ?? '')).toBe(true);
            }
          }
          if (finding.kind === 'target-reached')
            expect(domainIn(result, finding.domain).standing).toBe('target-reached');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes a domain that was not assessed as if it had not been in that ZRM', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 8 }), level, (levels, target) => {
        const dates = levels.map((_, index) => addDays(start, index * 90));
        const at = (index: number, housing: ZrmScore) =>
          zrm(index === 0 ? 'baseline' : 'periodic', dates[index]!, { housing });
        const aim = zrm('target', start, { housing: target });
        const whole = progress([aim, ...levels.map((housing, index) => at(index, housing))]);
        const assessed = levels.flatMap((housing, index) =>
          index === 0 || housing !== 'not-assessed' ? [at(index, housing)] : [],
        );
        expect(domainIn(whole, 'housing')).toEqual(domainIn(progress([aim, ...assessed]), 'housing'));
        const stagnates = ({ findings }: typeof whole) => findings.filter(({ kind }) => kind === 'stagnation');
        expect(stagnates(whole)).toEqual(stagnates(progress([aim, ...assessed])));
      }),
    );
  });

  it('never lies lower when the level is higher', () => {
    fc.assert(
      fc.property(level, level, level, level, (baseline, target, a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a];
        expect(positionOf(low, baseline, target)).toBeLessThanOrEqual(positionOf(high, baseline, target));
      }),
    );
  });

  it('never lies lower as a whole when one level of the latest ZRM is higher', () => {
    fc.assert(
      fc.property(
        fc.tuple(level, level, level),
        fc.tuple(level, level, level),
        fc.tuple(level, level, level),
        fc.nat(2),
        level,
        (from, to, now, which, other) => {
          const names = ['housing', 'justice', 'finances'];
          const scores = (levels: readonly ZrmScore[]) =>
            Object.fromEntries(names.map((name, index) => [name, levels[index] ?? 'not-assessed']));
          const before = [zrm('baseline', '2026-01-05', scores(from)), zrm('target', '2026-01-05', scores(to))];
          const position = (levels: readonly ZrmScore[]) =>
            progress([...before, zrm('periodic', '2026-04-05', scores(levels))]).position ?? -1;
          const better = [...now].map((one, index) => (index === which && other > one ? other : one));
          expect(position(better)).toBeGreaterThanOrEqual(position(now) - 1e-12);
        },
      ),
    );
  });
});
