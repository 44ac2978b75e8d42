import type { Caller } from '#contracts/caller.js';
import type { ImportDocument } from './import.schema.js';
import type { NamedRow } from './rows/match-columns.js';
import type { PreviewedRow, RowPlan } from './sealed-row.js';

/** The import that a row belongs to, and who looks at it or carries it out. */
export interface ImportScene {
  readonly document: ImportDocument;
  readonly caller: Caller;
}

/** What became of a row that was carried out. */
export interface RowResult {
  readonly clientId?: string;
  readonly targetId?: string;
}

/** Called after every row: reports how far it is, and lets other work go first. @throws when the work must stop */
export type Pulse = (rowsRead: number) => Promise<void>;

/** How one kind of file is previewed and carried out. */
export interface ImportKindHandler {
  /** Looks at every row without writing anything. Rows come back in the order of the file. */
  preview(rows: readonly NamedRow[], scene: ImportScene, pulse: Pulse): Promise<PreviewedRow[]>;
  /** Clients and places that a row touches: rows that share one are carried out in order. */
  touches(plan: RowPlan, document: ImportDocument): readonly string[];
  /**
   * Carries out one row; its changes are one unit of work. May be repeated: what was done is not done again.
   * @throws Refusal when the situation changed since the preview
   */
  carryOut(plan: RowPlan, scene: ImportScene): Promise<RowResult>;
}

/** The texts of a row as they stand in the file. */
export function valuesOf({ cells }: NamedRow): Record<string, string> {
  return Object.fromEntries([...cells].map(([name, { text }]) => [name, text]));
}

/** Tells for every key that comes again on which row it came first. */
export class FirstRows {
  private readonly rows = new Map<string, number>();

  /** @returns the row of an earlier one with this key */
  seenOn(key: string, row: number): number | undefined {
    const first = this.rows.get(key);
    if (first === undefined) this.rows.set(key, row);
    return first;
  }
}

/** Numbers and codes of other systems are the same whatever their capitals. */
export function sameNumber(number: string): string {
  return number.trim().toUpperCase();
}
