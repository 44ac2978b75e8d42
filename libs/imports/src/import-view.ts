import type { ImportRow, ImportRowCounts, ImportSummary } from '#contracts/imports/imports.js';
import type { ImportDocument, ImportRowDocument } from './import.schema.js';
import type { RowContent } from './sealed-row.js';

/** An import of which nothing was read yet. */
export const noRows: ImportRowCounts = {
  total: 0,
  read: 0,
  new: 0,
  change: 0,
  unchanged: 0,
  errors: 0,
  done: 0,
  refused: 0,
};

/** An import as it is shown; what is not known is undefined, and left out on its way. */
export function importView(document: ImportDocument): ImportSummary {
  const { _id, kind, fileName, size, state, rows, encoding, separator, problems } = document;
  const { createdBy, createdAt, organisationId, finishedAt, contentUntil } = document;
  return {
    importId: _id,
    kind,
    fileName,
    size,
    state,
    rows,
    encoding,
    separator,
    problem: problems?.[0],
    problems,
    createdBy: createdBy.personId,
    createdAt,
    organisationId,
    finishedAt,
    contentUntil,
  };
}

/** A row as it is shown. */
export function rowView({ row, outcome, targetId }: ImportRowDocument, content: RowContent): ImportRow {
  const { values, problems, warnings } = content;
  return {
    row,
    outcome,
    targetId,
    values: { ...values },
    problems: [...problems],
    warnings: [...warnings],
  };
}
