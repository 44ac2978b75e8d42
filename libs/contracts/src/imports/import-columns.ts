import type { Label } from '../code-labels.js';

/** The names of a code; `also`: what people write besides. */
export interface CodeName extends Label {
  readonly also?: readonly string[];
}

/** One column of a file that can be imported: what a template and a help text say of it. */
export interface ImportColumn {
  readonly name: string;
  /** Other titles that mean the same column. */
  readonly also?: readonly string[];
  /** Left out of templates: few files have it. */
  readonly isSeldom?: true;
  /** Whether the file must have the column. */
  readonly required: boolean;
  /** What goes in it, for people. */
  readonly about: Label;
  /** A cell as it may look; synthetic. */
  readonly example: string;
  /** The codes that a cell can hold, by code or by any of its names, in capitals or not. */
  readonly values?: Readonly<Record<string, CodeName>>;
  /** Longest text. */
  readonly max?: number;
}

type Options = Partial<Omit<ImportColumn, 'name' | 'about' | 'example'>>;

/** A column with what is said of it in Dutch and English. */
export function importColumn(
  name: string,
  nl: string,
  en: string,
  example: string,
  options: Options = {},
): ImportColumn {
  return { name, required: false, about: { nl, en }, example, max: 120, ...options };
}

const dateNote = { nl: 'dag-maand-jaar', en: 'day-month-year' };

/** A column of dates. */
export function dateColumn(name: string, nl: string, en: string, example: string, options: Options = {}): ImportColumn {
  return importColumn(name, `${nl} (${dateNote.nl})`, `${en} (${dateNote.en})`, example, options);
}
