import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, PolarComponent } from 'echarts/components';
import type { GridComponentOption, PolarComponentOption } from 'echarts/components';
import { init, use as register, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { colours } from './colours.js';
import { withoutInlineStyle } from './markup.js';

register([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  PolarComponent,
  SVGRenderer,
]);

/** What can be drawn; colours are tokens (`var(--ds-…)`), so that a picture follows light and dark by itself. */
export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | PolarComponentOption
>;

export interface ChartSize {
  /** In CSS pixels. */
  width: number;
  height: number;
}

/**
 * Draws a picture once, as SVG that our content security policy takes (decision 35). Nothing moves in it and nothing in it
 * can be pointed at: what it says stands in its text alternative and in the table beside it.
 */
export function draw(option: ChartOption, size: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    // A font without quotes in its name, so that a style can be taken apart.
    // Days are noon in UTC: by the time of the computer the first of a month would be the last day of the one before.
    const ground = {
      useUTC: true,
      animation: false,
      color: [colours.text],
      textStyle: { fontFamily: 'system-ui, sans-serif' },
    };
    chart.setOption({ ...ground, ...option });
    return withoutInlineStyle(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}
