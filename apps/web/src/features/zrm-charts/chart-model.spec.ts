import { describe, expect, it } from '@jest/globals';

import { parseCivilDate as day } from '#calendar/civil-date.js';

import type { ZrmLevel } from '#contracts/assessment/codes.js';

import type { MeasurementListed, ProgressOfClient } from '../../api/zrm.js';
import { changesOf, farthestFromTarget, lowestOf, progressPicture } from './chart-model.js';

const zrm = (measurementId: string, date: string, matrixVersion: string): MeasurementListed => ({
  measurementId,
  clientId: 'c',
  version: 1,
  state: 'submitted',
  origin: 'form',
  kind: 'periodic',
  date: day(date),
  matrixVersion,
  hasParticulars: false,
  domainsAssessed: 3,
  recordedBy: 'p',
  recordedAt: `${date}T10:00:00Z`,
});

const zrms = [
  zrm('m3', '2026-09-01', '2017'),
  zrm('m2', '2026-06-01', '2017'),
  zrm('m1', '2026-03-01', '2013'),
  { ...zrm('goal', '2026-03-01', '2017'), kind: 'target' as const },
  { ...zrm('draft', '2026-10-01', '2017'), state: 'draft' as const },
];

const point = (measurementId: string, date: string, level: ZrmLevel) => ({ measurementId, date: day(date), level });
const base = { matrixVersion: '2017', standing: 'at-baseline', direction: 'same', stillZrms: 0 } as const;

/** Housing is in both versions, work was split off in the new one, justice was left open in the last ZRM. */
const progress: ProgressOfClient = {
  clientId: 'c',
  lacks: [],
  due: [],
  settingsVersion: 0,
  matrixVersion: '2017',
  latest: { measurementId: 'm3', kind: 'periodic', date: day('2026-09-01') },
  direction: 'down',
  targetsSet: 1,
  targetsReached: 0,
  findings: [],
  domains: [
    {
      ...base,
      domain: 'housing',
      series: [point('m1', '2026-03-01', 3), point('m2', '2026-06-01', 3), point('m3', '2026-09-01', 2)],
      baseline: point('m1', '2026-03-01', 3),
      target: point('goal', '2026-03-01', 4),
      current: { ...point('m3', '2026-09-01', 2), since: day('2026-09-01') },
      lastMove: { from: 3, to: 2, since: day('2026-09-01') },
    },
    {
      ...base,
      domain: 'work',
      series: [point('m2', '2026-06-01', 2), point('m3', '2026-09-01', 4)],
      current: { ...point('m3', '2026-09-01', 4), since: day('2026-09-01') },
    },
    {
      ...base,
      domain: 'justice',
      series: [point('m1', '2026-03-01', 5), point('m2', '2026-06-01', 5)],
      current: { ...point('m2', '2026-06-01', 5), since: day('2026-03-01') },
    },
  ],
  incomparable: [
    {
      ...point('m1', '2026-03-01', 1),
      matrixVersion: '2013',
      domain: 'day-activities',
      reason: 'split',
      related: ['work'],
    },
  ],
};

describe('the pictures of a progress', () => {
  const picture = progressPicture(progress, zrms);
  const [housing, work, justice] = picture.domains;

  it('have a point of every domain in every ZRM that counts, and say why one has no level', () => {
    expect(picture.moments.map(({ measurementId }) => measurementId)).toEqual(['m1', 'm2', 'm3']);
    expect(housing?.points.map(({ level }) => level)).toEqual([3, 3, 2]);
    expect(work?.points.map(({ level }) => level)).toEqual(['not-comparable', 2, 4]);
    expect(justice?.points.map(({ level }) => level)).toEqual([5, 5, 'not-assessed']);
  });

  it('mark where the version changed, and what the old one said beside it', () => {
    expect(picture.versionChanges).toEqual([{ date: '2026-06-01', matrixVersion: '2017' }]);
    expect(work?.others).toEqual([
      { date: '2026-03-01', level: 1, domain: 'day-activities', matrixVersion: '2013', reason: 'split' },
    ]);
    expect(housing?.others).toEqual([]);
  });

  it('show what the latest ZRM says now, and what it was before where that says nothing', () => {
    expect([housing?.now, work?.now, justice?.now]).toEqual([2, 4, 'not-assessed']);
    expect(justice?.before).toMatchObject({ date: '2026-06-01', level: 5 });
    expect(housing?.before).toBeUndefined();
  });

  it('find what is farthest from its target, what is lowest, and how many moved', () => {
    expect(farthestFromTarget(picture.domains).map(({ domain }) => domain)).toEqual(['housing']);
    expect(farthestFromTarget([])).toEqual([]);
    expect(lowestOf(picture.domains).map(({ domain }) => domain)).toEqual(['housing']);
    // Work was something else in the first ZRM: that it went up since is not compared with that day.
    expect(changesOf(picture.domains)).toEqual({ up: 0, down: 1, same: 1, later: 1 });
  });
});
