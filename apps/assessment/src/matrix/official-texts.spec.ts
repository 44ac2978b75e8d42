import { describe, expect, it } from '@jest/globals';
import { MAX_CELL_TEXT, readOfficialTexts } from './official-texts.js';
import type { TextsForm } from './official-texts.js';
import { parenthood } from './versions/parenthood.js';

const columns = ['domein', 'niveau_1', 'niveau_2', 'niveau_3', 'niveau_4', 'niveau_5'];
const row = (domain: string, prefix = domain) => [
  domain,
  ...[1, 2, 3, 4, 5].map((level) => `${prefix} tekst ${String(level)}`),
];
const rows = parenthood.domains.map(({ name }) => row(name.nl));
const csv = (lines: readonly (readonly string[])[], separator = ';') =>
  lines.map((line) => line.join(separator)).join('\r\n');
const json = (lines: readonly (readonly string[])[]) =>
  JSON.stringify(
    lines.map((line) => Object.fromEntries(line.map((cell, index) => [columns[index] ?? '', cell] as const))),
  );
const problemsOf = (text: string, form: TextsForm = 'csv') => {
  const read = readOfficialTexts(text, form, parenthood);
  if (read.outcome === 'read') return [];
  return read.problems.map((problem) => `${String(problem.row)} ${problem.path}: ${problem.code}`);
};

describe('official texts of a deployer', () => {
  it.each([
    ['CSV with semicolons', csv([columns, ...rows]), 'csv'],
    ['CSV with commas, a mark in front and an empty line', `\uFEFF${csv([columns, ...rows], ',')}\n\n`, 'csv'],
    ['CSV by code, columns in another order', csv([columns, ...rows].map((line) => [...line].reverse())), 'csv'],
    ['JSON', json(rows), 'json'],
  ] as const)('are read from %s', (_what, text, form) => {
    const read = readOfficialTexts(text, form, parenthood);
    expect(read.outcome).toBe('read');
    if (read.outcome !== 'read') return;
    expect(read.version.texts).toBe('official');
    expect(read.version.domains.map(({ code }) => code)).toEqual(parenthood.domains.map(({ code }) => code));
    expect(read.version.domains[2]?.cells[4]).toEqual({ nl: 'Scholing tekst 4', en: 'Scholing tekst 4' });
  });

  it('may have English beside Dutch, and quotes around line ends', () => {
    const english = [1, 2, 3, 4, 5].map((level) => `niveau_${String(level)}_en`);
    const lines = rows.map((line, index) => [
      `"${line[0]!}"`,
      `"een\ntwee ""drie"""`,
      ...line.slice(2),
      ...english.map(() => `text ${String(index)}`),
    ]);
    const read = readOfficialTexts(csv([[...columns, ...english], ...lines]), 'csv', parenthood);
    if (read.outcome !== 'read') throw new Error(JSON.stringify(read.problems));
    expect(read.version.domains[1]?.cells[1]).toEqual({ nl: 'een\ntwee "drie"', en: 'text 1' });
  });

  const [one, two, three, four] = rows;
  it.each([
    [
      'an unknown column',
      csv([[...columns, 'bron'], ...rows.map((line) => [...line, ''])]),
      ['1 bron: column-unknown'],
    ],
    [
      'a missing column',
      csv([columns.slice(0, 5), ...rows.map((line) => line.slice(0, 5))]),
      ['1 niveau_5: column-missing'],
    ],
    [
      'a column twice',
      csv([[...columns, 'domein'], ...rows.map((line) => [...line, 'x'])]),
      ['1 domein: column-twice'],
    ],
    [
      'some English only',
      csv([[...columns, 'niveau_1_en'], ...rows.map((line) => [...line, 'x'])]),
      [2, 3, 4, 5].map((level) => `1 niveau_${String(level)}_en: column-missing`),
    ],
    ['an empty cell', csv([columns, one!, two!.with(3, ' '), three!, four!]), ['3 niveau_3: field-required']],
    ['an unknown domain', csv([columns, ...rows, row('Vervoer')]), ['6 domein: zrm-domain-unknown']],
    ['a domain twice', csv([columns, ...rows, row('child-minding')]), ['6 domein: zrm-domain-twice']],
    ['a missing domain', csv([columns, one!, two!, three!]), ['0 domein: zrm-text-domain-missing']],
    ['a short row', csv([columns, one!, two!.slice(0, 4), three!, four!]), ['3 : row-columns-differ']],
    [
      'too long a text',
      csv([columns, one!.with(5, 'x'.repeat(MAX_CELL_TEXT + 1)), two!, three!, four!]),
      ['2 niveau_5: field-too-long'],
    ],
    ['nothing', '', ['0 : file-empty']],
    ['a quote that stays open', csv([columns, one!, two!.with(1, '"open'), three!, four!]), ['3 : quotes-unbalanced']],
  ])('with %s are refused, with row and column', (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('in JSON are refused with the position in the list', () => {
    expect(problemsOf('{', 'json')).toEqual(['0 : zrm-texts-not-json']);
    expect(problemsOf('{"domein": "x"}', 'json')).toEqual(['0 : zrm-texts-not-json']);
    expect(problemsOf('[]', 'json')).toEqual(['0 : file-empty']);
    expect(problemsOf('[1, {"domein": 3}]', 'json')).toEqual(['1 : zrm-texts-not-json', '2 domein: text-form']);
    expect(problemsOf(json([one!, two!.slice(0, 5), three!, four!]), 'json')).toEqual(['2 niveau_5: field-required']);
  });

  it('names every fault at once', () => {
    expect(problemsOf(csv([columns, one!.with(0, 'iets'), two!.with(2, ''), three!, four!]))).toEqual([
      '2 domein: zrm-domain-unknown',
      '3 niveau_2: field-required',
      '0 domein: zrm-text-domain-missing',
    ]);
  });
});
