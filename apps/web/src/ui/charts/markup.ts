/** A declaration of a style as attributes: of the font only, which is all that pictures put in styles. */
function attributesOf(declaration: string): string {
  const [name = '', value = ''] = declaration.split(':').map((part) => part.trim());
  if (/^font-(family|size|style|weight)$/.test(name)) return ` ${name}="${value}"`;
  const [, size, family] = name === 'font' ? (/(\d[\d.]*px)\s+(.+)$/.exec(value) ?? []) : [];
  return size === undefined || family === undefined ? '' : ` font-size="${size}" font-family="${family}"`;
}

/**
 * SVG without style sheets and `style` attributes, which our content security policy refuses; what they say of the font
 * stands in attributes of its own instead.
 */
export function withoutInlineStyle(svg: string): string {
  return svg
    .replaceAll(/<style\b[\s\S]*?<\/style>/g, '')
    .replaceAll(/ class="[^"]*"/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_all, css: string) => css.split(';').map(attributesOf).join(''));
}
