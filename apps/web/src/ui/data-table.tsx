import { Button, Checkbox, Select, Table } from '@amsterdam/design-system-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { download, toCsv } from './csv.js';
import { sortedBy } from './sorted-by.js';
import { readStored, writeStored } from './stored.js';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Text for the CSV; leave out for columns that are not exported, such as buttons. */
  text?: (row: Row) => string;
  /** Name of the sort order that the server knows. */
  sort?: string;
  /** By what rows are put in order here; for lists that are here as a whole. Rows without a value come last. */
  by?: (row: Row) => string | number | undefined;
  align?: 'end';
  /** Short values that read badly in two lines, such as dates. */
  nowrap?: boolean;
  /** The column that names the row: always shown, a header for screen readers. */
  isName?: boolean;
  hiddenAtFirst?: boolean;
}

interface DataTableProps<Row> {
  /** Under this name the choice of columns is kept. */
  name: string;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** `name` or `-name` for descending. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Sums of all rows, as a last line. */
  total?: Row;
  /** Export is left out when undefined. */
  exportAs?: string;
  footer?: ReactNode;
}

/**
 * A table over the full width: sticky header, sorting by the server, a choice of columns that is kept, export of what is
 * shown. On a narrow screen every row becomes a card with the column names before the values.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, caption, columns, keyOf, total, exportAs, footer } = props;
  const { rows, sort, onSort } = useSorted(props);
  const { hidden, toggle } = useHiddenColumns(name, columns);
  const shown = columns.filter((column) => column.isName === true || !hidden.has(column.id));
  const saveCsv = (): void => {
    const exported = shown.filter((column) => column.text !== undefined);
    const all = total === undefined ? rows : [...rows, total];
    const lines = all.map((row) => exported.map((column) => column.text?.(row) ?? ''));
    download(`${exportAs ?? name}.csv`, toCsv([exported.map((column) => column.header), ...lines]));
  };
  return (
    <div className="d-table">
      <TableTools
        columns={columns}
        hidden={hidden}
        onToggle={toggle}
        onExport={exportAs === undefined || rows.length === 0 ? undefined : saveCsv}
        sort={sort}
        onSort={onSort}
      />
      <div className="ams-table d-table__frame">
        {/* The roles are said aloud because cards (display: block) would lose them. */}
        <table className="ams-table__table d-table__table" role="table">
          <Table.Caption className="ams-visually-hidden">{caption}</Table.Caption>
          <Table.Header role="rowgroup">
            <Table.Row role="row">
              {shown.map((column) => (
                <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body role="rowgroup">
            {rows.map((row) => (
              <Table.Row key={keyOf(row)} role="row">
                {shown.map((column) => (
                  <BodyCell key={column.id} column={column} row={row} />
                ))}
              </Table.Row>
            ))}
          </Table.Body>
          {total === undefined ? null : (
            <tfoot className="ams-table__body d-table__total" role="rowgroup">
              <Table.Row role="row">
                {shown.map((column) => (
                  <BodyCell key={column.id} column={column} row={total} />
                ))}
              </Table.Row>
            </tfoot>
          )}
        </table>
      </div>
      {footer}
    </div>
  );
}

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.isName === true) {
    return (
      <Table.HeaderCell scope="row" role="rowheader" data-label={column.header} className="d-table__name">
        {column.cell(row)}
      </Table.HeaderCell>
    );
  }
  return (
    <Table.Cell
      role="cell"
      data-label={column.header}
      {...(column.nowrap === true ? { className: 'd-table__nowrap' } : {})}
      {...(column.align === undefined ? {} : { align: column.align })}
    >
      {column.cell(row)}
    </Table.Cell>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const { t } = useTranslation();
  const align = column.align === undefined ? {} : { align: column.align };
  const order = orderOf(column);
  if (order === undefined || onSort === undefined) {
    return (
      <Table.HeaderCell scope="col" role="columnheader" {...align}>
        {column.header === '' ? <span className="ams-visually-hidden">{t('action.show')}</span> : column.header}
      </Table.HeaderCell>
    );
  }
  const direction = sort === order ? 'ascending' : sort === `-${order}` ? 'descending' : 'none';
  return (
    <Table.HeaderCell scope="col" role="columnheader" aria-sort={direction} {...align}>
      <button
        type="button"
        className="d-table__sort"
        onClick={() => onSort(direction === 'ascending' ? `-${order}` : order)}
        title={t('table.sortBy', { column: column.header })}
      >
        {column.header}
        <span aria-hidden="true">{direction === 'ascending' ? ' ▲' : direction === 'descending' ? ' ▼' : ' ↕'}</span>
      </button>
    </Table.HeaderCell>
  );
}

interface TableToolsProps<Row> {
  columns: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onExport: (() => void) | undefined;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function TableTools<Row>({ columns, hidden, onToggle, onExport, sort, onSort }: TableToolsProps<Row>) {
  const { t } = useTranslation();
  const optional = columns.filter((column) => column.isName !== true && column.header !== '');
  return (
    <div className="d-table__tools">
      {onSort === undefined || columns.every((column) => orderOf(column) === undefined) ? null : (
        <NarrowSort columns={columns} sort={sort} onSort={onSort} />
      )}
      <details className="d-menu">
        <summary>{t('table.columns')}</summary>
        <div className="d-menu__content">
          {optional.map((column) => (
            <Checkbox key={column.id} checked={!hidden.has(column.id)} onChange={() => onToggle(column.id)}>
              {column.header}
            </Checkbox>
          ))}
        </div>
      </details>
      {onExport === undefined ? null : (
        <Button type="button" variant="tertiary" onClick={onExport}>
          {t('table.export')}
        </Button>
      )}
    </div>
  );
}

interface NarrowSortProps<Row> {
  columns: readonly Column<Row>[];
  sort: string | undefined;
  onSort: (sort: string) => void;
}

/** Sorting where the rows are cards and there is no header to press. */
function NarrowSort<Row>({ columns, sort, onSort }: NarrowSortProps<Row>) {
  const { t } = useTranslation();
  return (
    <label className="d-table__sorting">
      {t('table.sorting')}
      <Select value={sort ?? ''} onChange={(event) => onSort(event.target.value)}>
        {sort === undefined ? <Select.Option value="">{t('table.asGiven')}</Select.Option> : null}
        {columns.flatMap((column) => {
          const order = orderOf(column);
          if (order === undefined) return [];
          return [
            <Select.Option key={order} value={order}>
              {column.header} ↑
            </Select.Option>,
            <Select.Option key={`-${order}`} value={`-${order}`}>
              {column.header} ↓
            </Select.Option>,
          ];
        })}
      </Select>
    </label>
  );
}

function orderOf<Row>(column: Column<Row>): string | undefined {
  return column.sort ?? (column.by === undefined ? undefined : column.id);
}

/** Rows in the order that the person chose: by the server, or here for a list that is here as a whole. */
function useSorted<Row>({ columns, rows, sort, onSort }: DataTableProps<Row>) {
  const [chosen, setChosen] = useState<string>();
  const isOurs = onSort === undefined;
  const by = isOurs ? columns.find((column) => column.id === chosen?.replace(/^-/, ''))?.by : undefined;
  const sorted = useMemo(
    () => (by === undefined ? rows : sortedBy(rows, by, chosen?.startsWith('-') === true)),
    [rows, by, chosen],
  );
  return isOurs ? { rows: sorted, sort: chosen, onSort: setChosen } : { rows, sort, onSort };
}

function useHiddenColumns<Row>(name: string, columns: readonly Column<Row>[]) {
  const storedAs = `columns.${name}`;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => {
    const stored = readStored(storedAs);
    if (Array.isArray(stored)) return new Set(stored.filter((id) => typeof id === 'string'));
    return new Set(columns.filter((column) => column.hiddenAtFirst === true).map((column) => column.id));
  });
  const toggle = (id: string): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
    writeStored(storedAs, [...next]);
  };
  return { hidden, toggle };
}
