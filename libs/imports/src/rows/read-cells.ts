import { type CivilDate, isCivilDate } from '#calendar/civil-date.js';
import { folded } from '#contracts/folded-text.js';
import type { ImportColumn } from '#contracts/imports/import-columns.js';
import { isReadableText } from '#contracts/readable-text.js';
import { type FieldProblem, fieldProblem } from '#contracts/refusal.js';
import type { NamedRow } from './match-columns.js';

/** `1-3-2026`, `01-03-2026`, also with slashes or dots. */
const DUTCH_DATE = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
/** What stands between several codes in one cell. */
const SEVERAL = /[,;/|+&\n]/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the cells of one row and gathers what is wrong with them, so that a row shows all its problems at once. */
export class RowReader {
  readonly problems: FieldProblem[] = [];
  private readonly columns: ReadonlyMap<string, ImportColumn>;

  constructor(
    private readonly source: NamedRow,
    columns: readonly ImportColumn[],
  ) {
    this.columns = new Map(columns.map((column) => [column.name, column]));
    if (source.problem !== undefined) {
      this.problems.push(source.problem);
      return;
    }
    for (const [name, cell] of source.cells) {
      const max = this.columns.get(name)?.max ?? Infinity;
      if (cell.formula === true) this.problems.push(fieldProblem(name, 'cell-formula'));
      else if (cell.text.length > max) this.problems.push(fieldProblem(name, 'field-too-long', { max }));
      else if (!isReadableText(cell.text)) this.problems.push(fieldProblem(name, 'field-invalid'));
    }
  }

  /** Whether nothing was wrong so far. */
  get isSound(): boolean {
    return this.problems.length === 0;
  }

  /** The text of a cell, undefined when it is empty or has a problem. */
  text(column: string): string | undefined {
    const cell = this.source.cells.get(column);
    return cell === undefined || cell.text === '' || this.hasProblem(column) ? undefined : cell.text;
  }

  /** The text of a cell that must have one. */
  requiredText(column: string): string {
    return this.text(column) ?? this.missing(column);
  }

  /** The date in a cell: day-month-year, or year-month-day. */
  date(column: string): CivilDate | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const written = isoOf(text);
    if (written !== undefined && isCivilDate(written)) return written;
    this.add(fieldProblem(column, written === undefined ? 'cell-date-form' : 'date-not-existing'));
    return undefined;
  }

  /** The code in a cell, written as the code or as any of its names. */
  code<Code extends string>(column: string, codes: readonly Code[]): Code | undefined {
    const text = this.text(column);
    return text === undefined ? undefined : this.codeOf(column, text, codes);
  }

  /** The codes in a cell that names several, with commas or the like between them; each once. */
  codes<Code extends string>(column: string, codes: readonly Code[]): Code[] {
    const parts = (this.text(column) ?? '').split(SEVERAL).map((part) => part.trim());
    const found = parts.flatMap((part) => (part === '' ? [] : (this.codeOf(column, part, codes) ?? [])));
    return [...new Set(found)];
  }

  private codeOf<Code extends string>(column: string, text: string, codes: readonly Code[]): Code | undefined {
    const values = this.columns.get(column)?.values ?? {};
    const wanted = comparableCode(text);
    const found = codes.find((code) => {
      const { nl = code, en = code, also = [] } = values[code] ?? {};
      return [code, nl, en, ...also].some((name) => comparableCode(name) === wanted);
    });
    const allowed = codes.map((code) => values[code]?.nl ?? code).join(', ');
    if (found === undefined) this.add(fieldProblem(column, 'code-unknown', { allowed }));
    return found;
  }

  /** Notes a problem once per column. */
  add(problem: FieldProblem): void {
    if (!this.hasProblem(problem.path)) this.problems.push(problem);
  }

  /** Notes that a cell is empty that must not be. */
  missing(column: string): string {
    this.add(fieldProblem(column, 'field-required'));
    return '';
  }

  private hasProblem(column: string): boolean {
    return this.problems.some(({ path }) => path === column);
  }
}

function isoOf(text: string): string | undefined {
  if (ISO_DATE.test(text)) return text;
  const [, day, month, year] = DUTCH_DATE.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function comparableCode(text: string): string {
  return folded(text)
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}
