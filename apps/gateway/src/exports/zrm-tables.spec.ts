import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { ZrmClient } from '#contracts/assessment/clients.js';
import type { MatrixVersions } from '#contracts/assessment/matrix.js';
import type { Names } from '#contracts/registration/names.js';
import { clientCells, clientTitles, timelinessLines, zrmLines, zrmTitles } from './zrm-tables.js';

const d = parseCivilDate;
const label = (nl: string, en: string) => ({ nl, en });
const cells = { 1: label('', ''), 2: label('', ''), 3: label('', ''), 4: label('', ''), 5: label('', '') };
const levels = { ...cells, 2: label('niet zelfredzaam', 'not self-sufficient') };
const versions: MatrixVersions = {
  current: '2017',
  items: [
    {
      code: '2017',
      kind: 'core',
      name: label('ZRM 2017', 'SSM 2017'),
      texts: 'unofficial',
      levels,
      domains: [{ code: 'housing', name: label('Huisvesting', 'Housing'), cells }],
    },
  ],
};
const names: Names = {
  clients: { noor: '=Noor' },
  places: {},
  clusters: {
    c: {
      clusterId: 'c',
      clusterName: 'Kade',
      locationName: 'Haven',
      organisationId: 'haven',
      organisationName: 'De Haven',
    },
  },
  organisations: { haven: 'De Haven' },
  people: {},
};
const client: ZrmClient = {
  clientId: 'noor',
  organisationId: 'haven',
  clusterId: 'c',
  since: d('2026-01-10'),
  lacks: ['target'],
  latest: { measurementId: 'm', kind: 'periodic', date: d('2026-05-01') },
  hasParticulars: true,
  direction: 'down',
  targetsSet: 0,
  targetsReached: 0,
  findings: [
    { kind: 'drop', ruleId: 'r', domain: 'housing', from: 3, to: 2, before: d('2026-02-01'), since: d('2026-05-01') },
    { kind: 'stagnation', ruleId: 's', zrms: 2, since: d('2026-01-01'), domains: [] },
  ],
  due: [
    {
      kind: 'target',
      dueOn: d('2026-03-10'),
      countedBy: 'arrival',
      countedFrom: d('2026-01-10'),
      daysLate: 5,
      held: false,
    },
  ],
  drafts: [],
};

describe('tables of ZRMs', () => {
  it('tell of a client what the list tells, under a title each', () => {
    const line = clientCells(client, names, versions, 'nl');
    const titles = clientTitles('nl');
    expect(line).toHaveLength(titles.length);
    expect(Object.fromEntries(titles.map((title, index) => [title, line[index]]))).toEqual({
      'cliënt-id': 'noor',
      cliënt: '=Noor',
      instelling: 'De Haven',
      groep: 'Kade',
      sinds: '2026-01-10',
      wat: 'Doelscore',
      uiterlijk: '2026-03-10',
      'dagen te laat': '5',
      'telt vanaf': 'Aankomst',
      'vanaf datum': '2026-01-10',
      'met verlof': 'nee',
      mist: 'Doelscore',
      'laatste ZRM': '2026-05-01',
      'soort laatste ZRM': 'Tussenmeting',
      bijzonderheden: 'ja',
      'wat opvalt': 'Terugval: Huisvesting 3 → 2 (2026-05-01) | Stagnatie (2026-01-01)',
    });
    const nothing = { ...client, lacks: [], findings: [], due: [] };
    expect(clientCells(nothing, undefined, versions, 'en').slice(4, 11)).toEqual([
      '2026-01-10',
      '',
      '',
      '',
      '',
      '',
      'no',
    ]);
  });

  it('have a line per ZRM and domain, with codes and what they mean', () => {
    const zrm = { measurementId: 'm', kind: 'baseline' as const, date: d('2026-01-20'), matrixVersion: '2017' };
    const scores = [
      { domain: 'housing', score: 2 as const, clientScore: 'not-assessed' as const },
      { domain: 'unknown', score: 3 as const },
    ];
    const zrms = [{ ...zrm, submittedAt: '2026-01-20T10:00:00.000Z', scores }];
    const lines = [...zrmLines({ clientId: 'noor', zrms }, names, versions, 'nl')];
    expect(lines.every((line) => line.length === zrmTitles('nl').length)).toBe(true);
    expect(lines.map((line) => line.slice(3, 13))).toEqual([
      [
        '2026-01-20',
        'baseline',
        'Nulmeting',
        '2017',
        'housing',
        'Huisvesting',
        '2',
        'niet zelfredzaam',
        'not-assessed',
        'niet beoordeeld',
      ],
      ['2026-01-20', 'baseline', 'Nulmeting', '2017', 'unknown', 'unknown', '3', '', '', ''],
    ]);
  });

  it('say of figures which may not be told, and write numbers as the language does', () => {
    const figures = { fellDue: 8, onTime: 7, late: 1, open: 0, lapsed: 0, shareOnTime: 0.875, medianDaysLate: 1.5 };
    const hidden = { organisationId: 'haven', fellDue: 8, open: 0, lapsed: 0 };
    const reply = { from: d('2026-07-01'), until: d('2026-10-01'), asOf: d('2026-11-22'), reckonedAt: '' };
    const lines = [...timelinessLines({ ...reply, items: [hidden], region: figures }, names, 'nl')];
    expect(lines[1]).toEqual([
      ...['haven', 'De Haven', '8', 'te weinig om te tonen', '', 'te weinig om te tonen', '0', '0', '', ''],
      ...['te weinig om te tonen', 'te weinig om te tonen', '2026-11-22'],
    ]);
    expect(lines[2]?.slice(0, 9)).toEqual(['', 'Alle instellingen', '8', '7', '0,875', '1', '0', '0', '1,5']);
    expect(lines.every((line) => line.length === lines[0]?.length)).toBe(true);
    expect([...timelinessLines({ ...reply, items: [], region: figures }, names, 'en')][1]?.[4]).toBe('0.875');
  });
});
