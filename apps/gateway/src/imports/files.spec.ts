import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { fieldProblem } from '#contracts/refusal.js';
import { looksReadable, partsOf } from './file-parts.js';
import { reportCells, reportTitles } from './report.js';
import { csvLine, safeCell } from '../http/safe-cells.js';

describe('a file in parts', () => {
  it('is the same file, and every part but the last has the size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 64 }),
        async (pieces, size) => {
          const whole = Buffer.concat(pieces);
          const parts: Buffer[] = [];
          const stream = Readable.from(pieces.map((piece) => Buffer.from(piece)));
          for await (const part of partsOf(stream, size)) parts.push(part);
          expect(Buffer.concat(parts).equals(whole)).toBe(true);
          expect(parts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
          expect(parts.every(({ length }) => length > 0 && length <= size)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['CSV', Buffer.from('a;b\n'), true],
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00]), true],
    ['XLSX', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00]), true],
    ['PDF', Buffer.from('%PDF-1.7'), false],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), false],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), false],
    ['zeros', Buffer.alloc(10), false],
  ])('that begins as %s is told apart', (_what, start, readable) => {
    expect(looksReadable(start)).toBe(readable);
  });
});

describe('a report', () => {
  it('never gives a spreadsheet a formula, and loses no character', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [read] = parse(csvLine(cells), { delimiter: ';', relax_column_count: true });
        expect(read).toEqual(cells.map(safeCell));
        for (const cell of read ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it('never gives a formula either to a spreadsheet that separates by commas, tabs or lines', () => {
    const cells = [
      'x,=HYPERLINK("http://evil.example")',
      'a\t@SUM(A1)',
      'a\n+1',
      'b, "=1+1"',
      ',=,=1',
      'jan-piet, 5 = 5',
    ];
    const pieces = csvLine(cells).split(/[;,\t\r\n]/);
    expect(pieces.length).toBeGreaterThan(cells.length);
    for (const piece of pieces) expect(piece).not.toMatch(/^["\s]*[=+\-@]/);
    expect(safeCell('jan-piet, 5 = 5')).toBe('jan-piet, 5 = 5');
  });

  it('says in the language of the reader what is wrong, by column, beside the row itself', () => {
    const row = {
      row: 3,
      values: { clientnummer: 'HV-1', bsn: '1' },
      outcome: 'error',
      problems: [fieldProblem('bsn', 'bsn-invalid'), fieldProblem('', 'unexpected', { correlationId: 'x' })],
      warnings: [],
    } as const;
    const cells = reportCells('clients', { ...row, problems: [...row.problems], warnings: [] }, 'en');
    expect(cells.slice(0, 2)).toEqual(['3', 'Error']);
    expect(cells[2]).toMatch(/^bsn: This is not a valid BSN.* \| Something went wrong/);
    expect(cells[reportTitles('clients', 'nl').indexOf('clientnummer')]).toBe('HV-1');
    expect(reportTitles('clients', 'nl').slice(0, 4)).toEqual(['rij', 'uitkomst', 'problemen', 'opmerkingen']);
  });
});
