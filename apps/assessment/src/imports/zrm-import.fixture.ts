import { zrmImportColumns } from '#contracts/assessment/import-columns.js';
import { matchColumns, type NamedRow } from '#imports/rows/match-columns.js';
import { cellOf } from '#imports/table/table.js';

/** The cells of a row by the titles of their columns. */
export type Cells = Readonly<Record<string, string>>;

const HEAD = ['clientnummer', 'datum', 'soort', 'versie'];
const OTHERS = ['ingevuld_met', 'bijzonderheden', 'weegfactoren'];

/** The columns of the domains of ZRM 2017. */
export const columnsOf2017: readonly string[] = zrmImportColumns.flatMap(({ name, isSeldom = false }) =>
  isSeldom || [...HEAD, ...OTHERS].includes(name) ? [] : [name],
);

/** A file of ZRMs. Rows of ZRM 2017 have level 3 in every domain that they do not name. */
export function zrmFile(...rows: readonly Cells[]): string {
  const isOf2017 = ({ versie }: Cells) => versie === '2017';
  const more = rows.flatMap((row) => Object.keys(row));
  const titles = [...new Set([...HEAD, ...(rows.some(isOf2017) ? columnsOf2017 : []), ...more])];
  const lines = rows.map((row) =>
    titles.map((title) => row[title] ?? (isOf2017(row) && columnsOf2017.includes(title) ? '3' : '')),
  );
  return [titles, ...lines].map((cells) => cells.join(';')).join('\n');
}

/** The rows of such a file as the machinery gives them to the rules. */
export function zrmRowsOf(...rows: readonly Cells[]): NamedRow[] {
  const [header = [], ...lines] = zrmFile(...rows)
    .split('\n')
    .map((line) => line.split(';'));
  const table = {
    encoding: 'utf-8',
    header,
    rows: lines.map((cells, index) => ({ row: index + 2, cells: cells.map((cell) => cellOf(cell)) })),
  };
  return matchColumns(table, zrmImportColumns);
}
