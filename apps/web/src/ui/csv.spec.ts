import { describe, expect, it } from '@jest/globals';

import { toCsv } from './csv.js';

describe('toCsv', () => {
  it('separates with semicolons and quotes what needs it', () => {
    expect(
      toCsv([
        ['naam', 'plek'],
        ['De "Haven"; oost', 'a\nb'],
      ]),
    ).toBe('\uFEFFnaam;plek\r\n"De ""Haven""; oost";"a\nb"\r\n');
  });

  it('makes text of what a spreadsheet would run as a formula', () => {
    expect(toCsv([['=1+1', '@x', '-2', 'gewoon']])).toBe("\uFEFF'=1+1;'@x;'-2;gewoon\r\n");
  });
});
