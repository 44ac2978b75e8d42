import type { Caller } from '#contracts/caller.js';
import type { ImportColumn } from '#contracts/imports/import-columns.js';
import type { ImportKind } from '#contracts/imports/imports.js';
import type { ImportDocument } from './import.schema.js';
import type { NamedRow } from './rows/match-columns.js';
import type { PreviewedRow } from './sealed-row.js';

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

/** How one kind of file is previewed and carried out. `Plan`: what a row does when it is carried out. */
export interface ImportKindHandler<Plan = unknown> {
  /** Those that a file of this kind may have. */
  readonly columns: readonly ImportColumn[];
  /** Fewer rows than any file may have, where rows are large. */
  readonly maxRows?: number;
  /** Looks at every row without writing anything. Rows come back in the order of the file. */
  preview(rows: readonly NamedRow[], scene: ImportScene, pulse: Pulse): Promise<PreviewedRow<Plan>[]>;
  /** Identifiers of what a row touches: rows that share one are carried out in order. */
  touches(plan: Plan, document: ImportDocument): readonly string[];
  /**
   * Carries out one row; its changes are one unit of work. May be repeated: what was done is not done again. Tried again while
   * others write the same documents (`persistently.ts`).
   * @throws Refusal when the situation changed since the preview
   */
  carryOut(plan: Plan, scene: ImportScene): Promise<RowResult>;
}

/** Whose an import is. */
export interface ImportOwner {
  /** The institution, or an operator by person. */
  readonly owner: string;
  /** The institution that the rows are about; absent when they are no personal data. */
  readonly organisationId?: string;
}

/** The kinds of file that a service takes; each service provides its own. */
export abstract class ImportKinds {
  /** The handler of a kind that the service takes. */
  abstract of(kind: ImportKind): ImportKindHandler;
  /** @throws Refusal `not-permitted` for a kind of file that is not the caller's */
  abstract ownerOf(kind: ImportKind, caller: Caller): ImportOwner;
  /** Whose imports the caller may see. */
  abstract ownersOf(caller: Caller): readonly string[];
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
