import { describe, expect, it } from '@jest/globals';
import { importColumns } from '#contracts/registration/import-columns.js';
import { RowReader } from './read-cells.js';

const reader = (cells: Record<string, string>) =>
  new RowReader(
    { row: 2, cells: new Map(Object.entries(cells).map(([name, text]) => [name, { text }])) },
    importColumns.clients,
  );

describe('a cell', () => {
  it('holds only text that a person can read', () => {
    const { problems } = reader({ clientnummer: 'HV-1', achternaam: 'Wit\u202Etiw', woonplaats: 'Zand\u0007stad' });
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'achternaam field-invalid',
      'woonplaats field-invalid',
    ]);
    expect(reader({ clientnummer: 'HV-1', achternaam: 'Şükrü', voornamen: 'نور' }).isSound).toBe(true);
  });

  it('that is too long has a problem, and no text', () => {
    const long = reader({ clientnummer: 'x'.repeat(300) });
    expect(long.problems).toMatchObject([{ path: 'clientnummer', code: 'field-too-long' }]);
    expect(long.text('clientnummer')).toBeUndefined();
  });
});
