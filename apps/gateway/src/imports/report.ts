import type { ImportKind, ImportRow, ImportRowOutcome } from '#contracts/imports/imports.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { Language } from '../http/problem.js';
import { columnsOf } from './import-doors.js';

const outcomes: Readonly<Record<ImportRowOutcome, Record<Language, string>>> = {
  new: { nl: 'Nieuw', en: 'New' },
  change: { nl: 'Wijziging', en: 'Change' },
  unchanged: { nl: 'Ongewijzigd', en: 'Unchanged' },
  error: { nl: 'Fout', en: 'Error' },
  done: { nl: 'Verwerkt', en: 'Carried out' },
  refused: { nl: 'Geweigerd', en: 'Refused' },
};

const titles = {
  nl: ['rij', 'uitkomst', 'problemen', 'opmerkingen'],
  en: ['row', 'outcome', 'problems', 'remarks'],
} as const;

/** Titles of a report: ours, and then the columns of the file. */
export function reportTitles(kind: ImportKind, language: Language): string[] {
  return [...titles[language], ...columnsOf(kind).map(({ name }) => name)];
}

/** One row of a report: what became of it and why, and then the row as it stands in the file. */
export function reportCells(kind: ImportKind, row: ImportRow, language: Language): string[] {
  return [
    String(row.row),
    outcomes[row.outcome][language],
    textOf(row.problems, language),
    textOf(row.warnings, language),
    ...columnsOf(kind).map(({ name }) => row.values[name] ?? ''),
  ];
}

function textOf(problems: readonly FieldProblem[], language: Language): string {
  return problems
    .map((problem) => [problem.path, problem[language]].filter((part) => part !== '').join(': '))
    .join(' | ');
}
