import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { MeasurementKind, ZrmScore } from '#contracts/assessment/codes.js';
import { type KnownClient, unknownClient } from '../directory/known-client.js';
import type { SubmittedMeasurement } from '../measurement/measurement-types.js';
import { defaultProgressRules } from './default-rules.js';
import { untold } from './findings-told.js';
import { matrix, zrm } from './progress-world.fixture.js';
import { standingOf } from './standing.js';

const d = parseCivilDate;
const settings = { rules: defaultProgressRules, version: 3 };

function submitted(
  kind: MeasurementKind,
  date: string,
  scores: Readonly<Record<string, ZrmScore>>,
  particulars?: string,
): SubmittedMeasurement {
  const { measurementId, content } = zrm(kind, date, scores);
  return {
    measurementId,
    clientId: 'noor',
    version: 1,
    state: 'submitted',
    content: { ...content, ...(particulars === undefined ? {} : { particulars }) },
    submittedBy: 'mentor',
    submittedAt: `${date}T10:00:00Z`,
  };
}

function inChain(...periods: readonly (readonly [from: string, until?: string])[]): KnownClient {
  const presence = periods.map(([from, until], index) => ({
    stayId: `s${index}`,
    from: d(from),
    ...(until === undefined ? {} : { until: d(until) }),
    clusterId: 'cluster-1',
    organisationId: 'haven',
    knownAt: `${from}T09:00:00Z`,
  }));
  return { ...unknownClient('noor'), presence };
}

describe('how a client stands', () => {
  it('lacks baseline and target until they were filled in since the arrival', () => {
    const before = [
      submitted('baseline', '2025-01-10', { housing: 2 }),
      submitted('target', '2025-01-10', { housing: 4 }),
    ];
    const known = inChain(['2025-01-01', '2025-06-01'], ['2026-01-01']);
    expect(standingOf(known, before, matrix, settings)).toMatchObject({
      lacks: ['baseline', 'target'],
      place: { since: '2026-01-01', organisationId: 'haven', clusterId: 'cluster-1' },
      settingsVersion: 3,
    });
    const after = [...before, submitted('baseline', '2026-01-01', { housing: 2 })];
    expect(standingOf(known, after, matrix, settings).lacks).toEqual(['target']);
    expect(standingOf(unknownClient('noor'), before, matrix, settings).lacks).toEqual([]);
  });

  it('tells what the latest ZRM gives reason to, and whether it has particulars', () => {
    const history = [
      submitted('baseline', '2026-01-01', { housing: 3 }, 'van toen'),
      submitted('target', '2026-01-01', { housing: 4 }),
      submitted('periodic', '2026-04-01', { housing: 2 }),
    ];
    expect(standingOf(inChain(['2026-01-01']), history, matrix, settings)).toMatchObject({
      latest: { kind: 'periodic', date: '2026-04-01' },
      hasParticulars: false,
      direction: 'down',
      position: 0,
      targetsSet: 1,
      targetsReached: 0,
      findings: [{ kind: 'drop', ruleId: 'drop-of-one', domain: 'housing', from: 3, to: 2 }],
    });
    const noted = [...history, submitted('periodic', '2026-07-01', { housing: 2 }, 'bel even')];
    expect(standingOf(inChain(['2026-01-01']), noted, matrix, settings).hasParticulars).toBe(true);
  });

  it('has each finding told once, also when a correction takes it away and brings it back', () => {
    const drop = [
      submitted('baseline', '2026-01-01', { housing: 3 }),
      submitted('periodic', '2026-04-01', { housing: 2 }),
    ];
    const standing = standingOf(inChain(['2026-01-01']), drop, matrix, settings);
    const first = untold(standing, []);
    expect(first.findings).toEqual([{ kind: 'drop', ruleId: 'drop-of-one', domain: 'housing' }]);
    expect(untold({ ...standing, findings: [] }, first.told)).toEqual({ findings: [], told: first.told });
    expect(untold(standing, first.told).findings).toEqual([]);
    const next = standingOf(
      inChain(['2026-01-01']),
      [...drop, submitted('periodic', '2026-07-01', { housing: 1 })],
      matrix,
      settings,
    );
    expect(untold(next, first.told).findings).toHaveLength(1);
  });

  it('names the domain of a stagnation where the rule is about one', () => {
    const still = ['2026-01-01', '2026-04-01', '2026-07-01'].map((date, index) =>
      submitted(index === 0 ? 'baseline' : 'periodic', date, { housing: 2, justice: 2 }),
    );
    const perDomain = [{ ruleId: 'still', kind: 'stagnation', scope: 'domain', zrms: 2 }] as const;
    const standing = standingOf(inChain(['2026-01-01']), still, matrix, { rules: perDomain, version: 1 });
    expect(untold(standing, []).findings).toEqual([
      { kind: 'stagnation', ruleId: 'still', domain: 'housing' },
      { kind: 'stagnation', ruleId: 'still', domain: 'justice' },
    ]);
    const client = standingOf(inChain(['2026-01-01']), still, matrix, settings);
    expect(untold(client, []).findings).toEqual([{ kind: 'stagnation', ruleId: 'no-movement' }]);
  });
});
