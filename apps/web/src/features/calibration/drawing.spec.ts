import { describe, expect, it } from '@jest/globals';

import { draw } from '../../ui/charts/engine.js';
import { intervalHeight, intervalOption } from './interval-option.js';
import { levelsHeight, levelsOption } from './levels-option.js';

const numberText = (value: number): string => value.toFixed(1).replace('.', ',');

describe('the pictures of a calibration', () => {
  it('draw an interval from its low end to its high end, and only the name where there is no figure', () => {
    const lines = [{ name: 'Huisvesting', figure: { value: 0.75, low: 0.5, high: 1 } }, { name: 'Justitie' }];
    const size = { width: 800, height: intervalHeight(2) };
    const svg = draw(intervalOption(lines, [0.5, 0.75], numberText, size.width), size);
    for (const text of ['Huisvesting', 'Justitie', '0,0', '1,0']) expect(svg).toContain(`>${text}</text>`);
    // Between 220 and 784 pixels lies 0 to 1.
    const [, from, to] = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none"[^>]*text-muted/.exec(svg) ?? [];
    expect([from, to].map(Number)).toEqual([502, 784]);
    expect(svg).not.toMatch(/<style| style=|NaN/);
  });

  it('draw less than chance too, left of 0', () => {
    const lines = [{ name: 'Justitie', figure: { value: -0.1, low: -0.42, high: 0.2 } }];
    const size = { width: 800, height: intervalHeight(1) };
    const svg = draw(intervalOption(lines, [], numberText, size.width), size);
    expect(svg).toMatch(/>-0,6<\/text>/);
    const narrow = draw(intervalOption(lines, [], numberText, 250), { ...size, width: 250 });
    expect([...narrow.matchAll(/>(-?\d,\d)<\/text>/g)].map(([, number]) => number)).toEqual([
      '-0,5',
      '0,0',
      '0,5',
      '1,0',
    ]);
    expect(svg).not.toMatch(/NaN/);
  });

  it('draw levels as parts of bars of equal length, with a digit where there is room', () => {
    const shares = { 1: 0.5, 2: 0.49, 3: 0.01, 4: 0, 5: 0 };
    const size = { width: 800, height: levelsHeight(2) };
    const svg = draw(levelsOption([{ name: 'De Haven', shares }, { name: 'Het Kruispunt' }], size.width), size);
    expect(svg).toContain('>Het Kruispunt</text>');
    expect(svg).toContain('fill="var(--ds-color-level-1)"');
    const digits = [...svg.matchAll(/>([1-5])<\/text>/g)].map(([, digit]) => digit);
    expect(digits).toEqual(['1', '2']);
    expect(svg).not.toMatch(/<style| style=|NaN/);
  });
});
