import { describe, expect, it } from '@jest/globals';

import { draw } from '../../ui/charts/engine.js';
import { withoutInlineStyle } from '../../ui/charts/markup.js';
import type { DomainPicture } from './chart-model.js';
import { radarOption, type RadarAxis } from './radar-option.js';
import { trendOption } from './trend-option.js';

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
    const domain: DomainPicture = {
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
    const svg = draw(
      trendOption(
        {
          domain,
          picture: { versionChanges: [{ date: '2026-03-01', matrixVersion: '2017' }] },
          away: [{ from: '2026-04-01', until: '2026-04-20' }],
          from: '2026-01-01',
          until: '2026-11-22',
          size: 'large',
          words: {
            levelName: (level) => `niveau ${level}`,
            month: (date) => date.slice(0, 7),
            version: (version) => `ZRM ${version}`,
          },
        },
        800,
      ),
      { width: 800, height: 320 },
    );
    expectTakenByPolicy(svg);
    for (const text of ['niveau 1', 'niveau 5', 'ZRM 2017', '2026-05']) expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('fill="var(--ds-color-surface-sunken)"');
  });
});
