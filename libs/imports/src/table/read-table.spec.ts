import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { deflateRawSync } from 'node:zlib';
import { readTable } from './read-table.js';
import { type Table, UnreadableFile } from './table.js';
import { readXlsx } from './read-xlsx.js';
import { guardUnpacking } from './zip-guard.js';

const encoders = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8 with mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  'utf-16be': (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
  'windows-1252': (text: string) => iconv.encode(text, 'win1252'),
} as const;

const quoted = (cell: string, separator: string) =>
  cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const csv = (rows: readonly (readonly string[])[], separator: string, end = '\r\n') =>
  rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator)).join(end) + end;
const textsOf = ({ rows }: Table) => rows.map(({ cells }) => cells.map(({ text }) => text));

async function problemsOf(bytes: Buffer): Promise<string[]> {
  try {
    await readTable(bytes);
    return [];
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problems.map(({ code }) => code);
    throw error;
  }
}

async function workbook(rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Blad1');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

// Letters that every encoding here has; no sign that would make a cell a formula.
const letters = fc.stringMatching(/^[a-zA-Z0-9éëïöüçñ;,"' .-]{0,12}$/).map((text) => text.trim());
const word = fc.stringMatching(/^[a-z]{1,8}$/);

describe('a table that is written and read again', () => {
  it('is the same in any encoding, with any separator', async () => {
    const tables = fc.integer({ min: 2, max: 6 }).chain((width) =>
      fc.record({
        header: fc.uniqueArray(word, { minLength: width, maxLength: width }),
        rows: fc.array(fc.tuple(word, fc.array(letters, { minLength: width - 1, maxLength: width - 1 })), {
          minLength: 1,
          maxLength: 8,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom(...Object.keys(encoders)),
        fc.constantFrom('\n', '\r\n'),
        async ({ header, rows }, separator, encoding, end) => {
          const cells = rows.map(([first, rest]) => [first, ...rest]);
          const encode = Object.entries(encoders).find(([name]) => name === encoding)?.[1] ?? encoders['utf-8'];
          const table = await readTable(encode(csv([header, ...cells], separator, end)));
          const trimmed = cells.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1));
          expect(table.header).toEqual(header);
          expect(table.separator).toBe(separator);
          expect(textsOf(table)).toEqual(trimmed);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('comes out of a workbook with real dates and numbers', async () => {
    const born = new Date(Date.UTC(2004, 1, 29));
    const table = await readTable(
      await workbook([
        ['a', 'b', 'c'],
        ['Zoë', born, 123_456_782],
      ]),
    );
    expect(textsOf(table)).toEqual([['Zoë', '2004-02-29', '123456782']]);
    expect(table.encoding).toBe('xlsx');
  });
});

describe('numbers of rows', () => {
  it('are those of a spreadsheet, also after empty lines and a line that names the separator', async () => {
    const table = await readTable(Buffer.from('sep=,\r\na,b\r\n\r\n1,2\r\n'));
    expect(table.rows.map(({ row }) => row)).toEqual([4]);
    const late = await readTable(Buffer.from('\n;;\na;b;c\n1;2;3\n'));
    expect([late.header, textsOf(late), late.rows[0]?.row]).toEqual([['a', 'b', 'c'], [['1', '2', '3']], 4]);
    const gap = new ExcelJS.Workbook();
    const sheet = gap.addWorksheet();
    sheet.getCell('A1').value = 'a';
    sheet.getCell('A5').value = 'x';
    expect((await readTable(Buffer.from(await gap.xlsx.writeBuffer()))).rows.map(({ row }) => row)).toEqual([5]);
  });
});

describe('formulas', () => {
  it('are marked, in text and in a workbook, and never worked out', async () => {
    const text = await readTable(Buffer.from('a;b;c;d;e\n=1+1;@SUM(A1);+cmd|x;+31 6 12345678;-5\n'));
    expect(text.rows[0]?.cells.map(({ formula }) => formula ?? false)).toEqual([true, true, true, false, false]);
    const book = await readTable(
      await workbook([
        ['a', 'b'],
        [{ formula: '1+1', result: 2 }, '=x'],
      ]),
    );
    expect(book.rows[0]?.cells.map(({ formula }) => formula ?? false)).toEqual([true, true]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['windows-1252 with a byte that it does not have', Buffer.from([0x61, 0x3b, 0x62, 0x0a, 0x81, 0x0a])],
    ['UTF-8 with one broken byte', Buffer.concat([Buffer.from('naam\nZoë\n'), Buffer.from([0xeb, 0x0a])])],
    ['UTF-8 by its mark that is none', Buffer.concat([Buffer.from('\uFEFFnaam\n'), Buffer.from([0xeb, 0x0a])])],
    ['binary content', Buffer.from([0x61, 0x00, 0x01, 0x02, 0x0a])],
  ])('%s is refused for its characters', async (_what, bytes) => {
    expect(await problemsOf(bytes)).toEqual(['file-encoding-unreadable']);
  });

  it('is refused for what it is', async () => {
    expect(await problemsOf(Buffer.from('%PDF-1.7 x'))).toEqual(['file-format-unreadable']);
    expect(await problemsOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual(['file-format-unreadable']);
    expect(await problemsOf(Buffer.from('PK\u0003\u0004 broken'))).toEqual(['file-format-unreadable']);
    expect(await problemsOf(Buffer.from(''))).toEqual(['file-empty']);
    expect(await problemsOf(Buffer.from('a;b\r\n;;\r\n'))).toEqual(['file-empty']);
    expect(await problemsOf(Buffer.from('a;b\r\n"x;1\r\ny;2\r\n'))).toEqual(['quotes-unbalanced']);
    const rows = (count: number) => Buffer.from(`a\n${'x\n'.repeat(count)}`);
    expect((await readTable(rows(10_000))).rows).toHaveLength(10_000);
    expect(await problemsOf(rows(10_001))).toEqual(['file-too-many-rows']);
  });
});

/** A ZIP file with one part that unpacks to `size` zeros, whatever size it claims. */
function bomb(size: number): Buffer {
  const { local, data, central, end } = zipParts(size);
  return Buffer.concat([local, data, central, end]);
}

/** The pieces of a ZIP file with one part of zeros. */
function zipParts(size: number): Record<'local' | 'data' | 'central' | 'end', Buffer> {
  const data = deflateRawSync(Buffer.alloc(size));
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  const central = Buffer.alloc(47);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(10, 24);
  central.writeUInt16LE(1, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + data.length, 16);
  return { local, data, central, end };
}

describe('a file that unpacks to more than it should', () => {
  it('is refused before anything opens it, whatever size it claims', async () => {
    await expect(guardUnpacking(bomb(5_000_000), 1_000_000)).rejects.toThrow('file-unpacks-too-large');
    await expect(guardUnpacking(bomb(500_000), 1_000_000)).resolves.toBeUndefined();
  });

  it('is refused when a harmless file stands before it, which a reader that moves all places would not see', async () => {
    // By absolute places the harmless directory is found, by moved ones that of the bomb behind it.
    const harmless = zipParts(10);
    const { local, data, central, end } = zipParts(5_000_000);
    const padding = Buffer.alloc(local.length + data.length - harmless.local.length - harmless.data.length);
    const before = [harmless.local, harmless.data, padding, harmless.central];
    const moved = Buffer.concat([...before, local, data, central, end]);
    await expect(guardUnpacking(moved, 1_000_000)).rejects.toThrow('file-format-unreadable');
  });

  it('is refused when it has more parts than it says, or says that its directory is elsewhere', async () => {
    const { local, data, central, end } = zipParts(5_000_000);
    const none = Buffer.from(end);
    none.writeUInt32LE(0, 8);
    await expect(guardUnpacking(Buffer.concat([local, data, central, none]), 1_000_000)).rejects.toThrow(
      'file-format-unreadable',
    );
    const elsewhere = Buffer.from(end);
    elsewhere.writeUInt16LE(0xffff, 4);
    await expect(guardUnpacking(Buffer.concat([local, data, central, elsewhere]), 9_000_000)).rejects.toThrow(
      'file-format-unreadable',
    );
  });
});

describe('a file that is far larger inside than outside', () => {
  it('of separators alone keeps no cell beyond those that are looked at', async () => {
    const wide = `a;b${';'.repeat(1_000)}\n${'x;'.repeat(10_000)}\n`;
    const { header, rows } = await readTable(Buffer.from(wide));
    expect(header).toEqual(['a', 'b']);
    expect(rows.map(({ cells, width }) => [cells.length, width])).toEqual([[3, 10_001]]);
    const beyond = await readTable(Buffer.from('a;b\n1;2;;;;x\n1;2;;;;\n'));
    expect(textsOf(beyond)).toEqual([
      ['1', '2', 'x'],
      ['1', '2'],
    ]);
    for (const text of [`a;b\n${';'.repeat(20_000_000)}`, `a\n${'x;'.repeat(20_000)}\n`]) {
      expect(await problemsOf(Buffer.from(text))).toEqual(['file-format-unreadable']);
    }
  }, 30_000);

  it('keeps of a long text no more than tells that it is too long', async () => {
    const long = await readTable(Buffer.from(`a;b\n${'😀'.repeat(100_000)};1\n`));
    expect(long.rows[0]?.cells[0]?.text.length).toBeLessThanOrEqual(301);
    expect(long.rows[0]?.cells[0]?.text.isWellFormed()).toBe(true);
    const book = await readTable(await workbook([['a'], ['x'.repeat(30_000)]]));
    expect(book.rows[0]?.cells[0]?.text.length).toBeLessThanOrEqual(301);
  });

  it('is refused when many cells share one text and are more than can be held', async () => {
    const row = Array.from({ length: 50 }, () => 'x'.repeat(500));
    const shared = await workbook([['a'], ...Array.from({ length: 100 }, () => row)]);
    expect(shared.length).toBeLessThan(100_000);
    await expect(readXlsx(shared, { maxCharacters: 100_000 })).rejects.toThrow('file-unpacks-too-large');
    expect((await readXlsx(shared)).rows).toHaveLength(100);
  });
});
