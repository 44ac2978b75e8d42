import type { ImportRowOutcome } from '#contracts/imports/imports.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { ImportCipher } from './import-cipher.js';
import type { ImportRowDocument } from './import.schema.js';

/** Everything of a row that is personal data, or may tell of it. */
export interface RowContent<Plan = unknown> {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly FieldProblem[];
  readonly warnings: readonly FieldProblem[];
  /** What the row does when it is carried out, in the form of its kind; absent when it does nothing. */
  readonly plan?: Plan;
  /** Clients of whom the problems and warnings tell that they are known, without naming them: who reads that is logged. */
  readonly recognised?: readonly string[];
}

/** A row before it is stored. */
export interface PreviewedRow<Plan = unknown> extends RowContent<Plan> {
  readonly row: number;
  /** Place in the order in which the rows are carried out: below the number of rows. */
  readonly order: number;
  readonly outcome: ImportRowOutcome;
  readonly clientId?: string;
  readonly targetId?: string;
}

/** A row as it is stored: its content opens only under its own identifier. */
export function sealRow(importId: string, previewed: PreviewedRow, cipher: ImportCipher): ImportRowDocument {
  const { row, order, outcome, clientId, targetId, values, problems, warnings, plan, recognised } = previewed;
  const _id = `${importId}:${String(row)}`;
  const content: RowContent = { values, problems, warnings, plan, recognised };
  return {
    _id,
    importId,
    row,
    order,
    outcome,
    clientId,
    targetId,
    sealed: cipher.encrypt(JSON.stringify(content), _id),
  };
}

/** The content of a stored row. */
export function openRow({ _id, sealed }: ImportRowDocument, cipher: ImportCipher): RowContent {
  // Written by sealRow, and authenticated by the cipher.
  return JSON.parse(cipher.decrypt(sealed, _id)) as RowContent;
}
