import type { FieldProblem } from '#contracts/refusal.js';
import type { ImportRowOutcome } from '#contracts/registration/imports.js';
import type { BsnCipher } from '../clients/bsn-cipher.js';
import type { ImportRowDocument } from './import.schema.js';
import type { ClientRowPlan } from './clients/client-row-plan.js';
import type { PlaceRow } from './rows/check-row.js';
import type { PlannedStep } from './stays/stay-simulation.js';

/** What a row does when it is carried out, by kind of file. */
export type RowPlan =
  | { readonly of: 'places'; readonly place: PlaceRow; readonly placeId?: string }
  | ({ readonly of: 'clients' } & ClientRowPlan)
  | {
      readonly of: 'stays';
      readonly number: string;
      readonly steps: readonly PlannedStep[];
      /** Stay or leave that the line number stands for from now on. */
      readonly targetId?: string;
    };

/** Everything of a row that is personal data, or may tell of it. */
export interface RowContent {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly FieldProblem[];
  readonly warnings: readonly FieldProblem[];
  readonly plan?: RowPlan;
  /** Clients of whom the problems and warnings tell that they are known, without naming them: who reads that is logged. */
  readonly recognised?: readonly string[];
}

/** A row before it is stored. */
export interface PreviewedRow extends RowContent {
  readonly row: number;
  /** Place in the order in which the rows are carried out: below the number of rows. */
  readonly order: number;
  readonly outcome: ImportRowOutcome;
  readonly clientId?: string;
  readonly targetId?: string;
}

/** A row as it is stored: its content opens only under its own identifier. */
export function sealRow(importId: string, previewed: PreviewedRow, cipher: BsnCipher): ImportRowDocument {
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
export function openRow({ _id, sealed }: ImportRowDocument, cipher: BsnCipher): RowContent {
  // Written by sealRow, and authenticated by the cipher.
  return JSON.parse(cipher.decrypt(sealed, _id)) as RowContent;
}
