import { describe, expect, it, jest } from '@jest/globals';

import { draw } from '../../ui/charts/engine.js';
import { withoutInlineStyle } from '../../ui/charts/markup.js';
import type { DomainPicture } from './chart-model.js';
import { radarOption, type RadarAxis } from './radar-option.js';
import type { StayBar, StaysPicture } from './stays-model.js';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { trendHeight, trendOption } = await import('./trend-option.js');
const { fitting, stripOption } = await import('./stay-band.js');
const { NO_STAYS } = await import('./stays-model.js');

const NAMES = ['Financiën', 'Werk & Opleiding', 'Huisvesting', 'Maatschappelijke participatie', 'Justitie'];
const axes = (levels: readonly DomainPicture['now'][]): RadarAxis[] =>
  NAMES.map((name, index) => ({
    domain: name,
    name,
    note: levels[index] === 'not-assessed' ? '(n.b.)' : undefined,
    points: [],
    others: [],
    now: levels[index] ?? 'not-assessed',
    baseline: { date: '2026-01-01', level: 2 },
    target: { date: '2026-01-01', level: 4 },
  }));

/** The lines that are drawn of a colour, as their paths. */
const linesOf = (svg: string, colour: string): string[] =>
  [...svg.matchAll(/<path d="([^"]*)"[^>]*?stroke="var\(--ds-color-([a-z-]+)\)"[^>]*>/g)]
    .filter(([, , of]) => of === colour)
    .map(([, path = '']) => path);

/** How far the points of a line are from the middle of a picture of 640 × 460, in whole pixels. */
const distances = (path: string): number[] =>
  [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) =>
    Math.round(Math.hypot(Number(x) - 320, Number(y) - 230)),
  );

/** Our content security policy refuses style sheets and style attributes; a picture with them would lose its fonts. */
function expectTakenByPolicy(svg: string): void {
  // Black is what ECharts fills lines without an area and clips with: it cannot be seen.
  expect(svg.replaceAll('fill="#000"', '')).not.toMatch(/#[0-9a-f]{3,6}\b/i);
  expect(svg.match(/<text/g)?.length).toBe(svg.match(/<text[^>]* font-size="1[12]px" font-family=/g)?.length);
  expect(svg).toMatch(/^<svg /);
  expect(svg).not.toMatch(/<style| style=| class=|NaN|undefined|href=/);
}

describe('a picture', () => {
  it('keeps the font of a style as attributes, and nothing else of it', () => {
    const svg =
      '<svg><style>a{}</style><text class="b" style="font-size:12px;font-weight:600;fill:red;">x</text></svg>';
    expect(withoutInlineStyle(svg)).toBe('<svg><text font-size="12px" font-weight="600">x</text></svg>');
    expect(withoutInlineStyle('<text style="font: 11px system-ui, sans-serif">')).toBe(
      '<text font-size="11px" font-family="system-ui, sans-serif">',
    );
  });

  it('draws baseline, target and now around a circle, each its own kind of line, in colours of the theme', () => {
    const svg = draw(radarOption(axes([3, 3, 3, 3, 3]), 640), { width: 640, height: 460 });
    expectTakenByPolicy(svg);
    expect(svg).toContain('Werk &amp; Opleiding');
    expect(linesOf(svg, 'text')).toHaveLength(1);
    // Closed: six points of five domains.
    expect(linesOf(svg, 'text')[0]?.match(/[ML]/g)).toHaveLength(6);
    // All on level 3 of 5, which is as far from the middle on every side; at 76 % of half of 460 pixels.
    expect(distances(linesOf(svg, 'text')[0] ?? '')).toEqual(Array.from({ length: 6 }, () => 105));
    expect(svg.match(/stroke-dasharray/g)?.length).toBe(2);
  });

  it('leaves a gap where nothing was assessed: it is not zero', () => {
    const svg = draw(radarOption(axes([3, 3, 'not-assessed', 3, 3]), 640), { width: 640, height: 460 });
    expect(linesOf(svg, 'text').join('').match(/[ML]/g)).toHaveLength(5);
    expect(linesOf(svg, 'text').join('').match(/M/g)).toHaveLength(2);
    expect(svg).toContain('(n.b.)');
  });

  it('has numbers around the circle where there is no room for names', () => {
    const svg = draw(radarOption(axes([3, 3, 'not-assessed', 3, 3]), 280), { width: 280, height: 460 });
    expect(svg).not.toContain('Financiën');
    expect(svg).toMatch(/>3<\/text>/);
  });

  it('draws a domain through time with its marks, and the change of version', () => {
    const svg = drawTrend({ ...NO_STAYS, away: [{ from: '2026-04-01', until: '2026-04-20' }] }, 800, 'large', false);
    expectTakenByPolicy(svg);
    for (const text of ['niveau 1', 'niveau 5', 'ZRM 2017', '2026-05']) expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('fill="var(--ds-color-surface-sunken)"');
  });
});

const HOUSING: DomainPicture = {
  domain: 'housing',
  points: [
    { date: '2026-01-01', level: 'not-comparable' },
    { date: '2026-03-01', level: 3 },
    { date: '2026-06-01', level: 'not-assessed' },
    { date: '2026-09-01', level: 2 },
  ],
  others: [{ date: '2026-01-01', level: 1, domain: 'income', matrixVersion: '2010', reason: 'split' }],
  baseline: { date: '2026-03-01', level: 3 },
  target: { date: '2026-03-01', level: 5 },
  now: 2,
};
const TODAY = '2026-11-22';
const words = {
  levelName: (level: number) => `niveau ${level}`,
  month: (date: string) => date.slice(0, 7),
  version: (version: string) => `ZRM ${version}`,
  places: ({ stayId }: StayBar) => [`Kruisstraat 4, ${stayId}`, stayId],
  today: 'vandaag',
};

function drawTrend(
  stays: StaysPicture,
  width: number,
  size: 'large' | 'small' = 'large',
  hasBand = true,
  until = TODAY,
): string {
  const axis = { from: '2026-01-01', until };
  const picture = { versionChanges: [{ date: '2026-03-01', matrixVersion: '2017' }] };
  const input = { domain: HOUSING, picture, stays, hasBand, axis, today: TODAY, size, words };
  return draw(trendOption(input, width), { width, height: trendHeight(size, hasBand) });
}

const bar = (stayId: string, from: string, until?: string, planned = false): StayBar => {
  return { stayId, place: undefined, from, until, planned };
};
const moved = (stayId: string, date: string, planned = false): StaysPicture['events'][number] => {
  return { stayId, date, kind: 'move', planned, place: undefined, elsewhere: false, destination: undefined };
};
const stays = (bars: readonly StayBar[]): StaysPicture => ({
  bars,
  away: [],
  events: bars.map(({ stayId, from, planned }) => moved(stayId, from, planned)),
});

/** Lines straight up through the whole plot, apart from the axis and the change of version. */
const uprights = (svg: string): string[] =>
  linesOf(svg, 'text-muted').filter((path) => /^M([\d.]+) [\d.]+L\1 [\d.]+$/.test(path));

describe('stays on the axis of time', () => {
  const two = stays([bar('Kamer 3', '2025-01-01', '2026-07-01'), bar('Kamer 12', '2026-07-01')]);

  it('stand under the plot by name, with a line through it on the day of the move', () => {
    const svg = drawTrend(two, 800);
    expectTakenByPolicy(svg);
    for (const name of ['Kruisstraat 4, Kamer 3', 'Kruisstraat 4, Kamer 12']) expect(svg).toContain(`>${name}</text>`);
    // The first began before the axis does.
    expect(uprights(svg)).toHaveLength(1);
    expect(svg).toContain('>2026-05</text>');
    expect(svg).not.toContain('vandaag');
  });

  it('have no names under a small picture, and are left out where there are none', () => {
    const small = drawTrend(two, 300, 'small');
    expect(small).not.toContain('Kamer');
    expect(uprights(small)).toHaveLength(1);
    expect(uprights(drawTrend(NO_STAYS, 300, 'small', false))).toEqual([]);
  });

  it('have the fullest name that stays within the bar, or none', () => {
    expect(fitting(['Kruisstraat 4, Kamer 3', 'Kamer 3'], 400)).toBe('Kruisstraat 4, Kamer 3');
    expect(fitting(['Kruisstraat 4, Kamer 3', 'Kamer 3'], 80)).toBe('Kamer 3');
    expect(fitting(['Kruisstraat 4, Kamer 3', 'Kamer 3'], 30)).toBeUndefined();
    // Six moves in a month: only the last stay has the room for a name.
    const many = ['01', '04', '08', '15', '22', '30'].map((day, index, days) => {
      const next = days[index + 1];
      return bar(`K${day}`, `2026-04-${day}`, next === undefined ? undefined : `2026-04-${next}`);
    });
    const svg = drawTrend(stays(many), 800);
    expectTakenByPolicy(svg);
    expect(svg.match(/>(Kruisstraat 4, )?K\d\d<\/text>/g)).toEqual(['>Kruisstraat 4, K30</text>']);
    expect(uprights(svg)).toHaveLength(6);
  });

  it('go on after today to what is planned, open and dashed', () => {
    const planned = stays([bar('Kamer 3', '2026-02-01', '2026-12-10'), bar('Kamer 12', '2026-12-10', undefined, true)]);
    const option = { stays: planned, axis: { from: '2026-01-01', until: '2027-01-20' }, today: TODAY, words };
    const svg = draw(stripOption(option, 900), { width: 900, height: 76 });
    expectTakenByPolicy(svg);
    expect(svg).toContain('>vandaag</text>');
    expect(svg).toMatch(/fill="none"[^>]*stroke="var\(--ds-color-line-strong\)"[^>]*stroke-dasharray/);
    expect(svg.match(/fill="var\(--ds-color-surface-sunken\)"/g)).toHaveLength(1);
  });

  it('are drawn of one day as well', () => {
    const option = { stays: stays([bar('Kamer 3', TODAY)]), axis: { from: TODAY, until: TODAY }, today: TODAY, words };
    expectTakenByPolicy(draw(stripOption(option, 300), { width: 300, height: 76 }));
  });
});
