/** What people type for a date, and how it is written back: 22-11-2026 in Dutch, 22/11/2026 in English. */

export interface DateTextOptions {
  /** The civil date that "vandaag" means. */
  today: string;
  /** Latest day that makes sense, such as today for a date of birth: a year of two digits is never after it. */
  latest?: string | undefined;
  /** Still typing: a year of two digits may become one of four. */
  typing?: boolean;
}

const DAYS_FROM_TODAY: Record<string, number> = {
  eergisteren: -2,
  gisteren: -1,
  yesterday: -1,
  vandaag: 0,
  nu: 0,
  today: 0,
  morgen: 1,
  tomorrow: 1,
  overmorgen: 2,
};

const MONTHS = [
  ['jan'],
  ['feb'],
  ['mrt', 'maa', 'mar'],
  ['apr'],
  ['mei', 'may'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['okt', 'oct'],
  ['nov'],
  ['dec'],
];

/** How many years after this one a year of two digits may still mean; what is later was in the previous century. */
const YEARS_AHEAD = 20;

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** The civil date, or undefined when there is no such day (31 February). */
function civilDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day, 12));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1000 ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : undefined;
}

function fullYear(digits: string, { today, latest }: DateTextOptions): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  const last = latest === undefined ? Number(today.slice(0, 4)) + YEARS_AHEAD : Number(latest.slice(0, 4));
  const century = Math.floor(last / 100) * 100;
  return century + year <= last ? century + year : century - 100 + year;
}

function monthOf(word: string): number {
  return MONTHS.findIndex((names) => names.some((name) => word.startsWith(name))) + 1;
}

function shifted(today: string, days: number): string {
  return new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Reads a date the way people write it: `22-11-2026`, `22-11-26`, `22/11/2026`, `22.11.2026`, `22112026`, `22 november 2026`,
 * `2026-11-22`, `vandaag`, `morgen`. Day before month, always. Undefined when it is no existing day.
 */
export function parseDateText(text: string, options: DateTextOptions): string | undefined {
  const typed = text.trim().toLowerCase();
  if (options.typing === true && /^\d{1,2}\D.*[-/. ]\d{2}$/.test(typed)) return undefined;
  const away = DAYS_FROM_TODAY[typed];
  if (away !== undefined) return shifted(options.today, away);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed);
  if (iso !== null) return civilDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers =
    /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  if (numbers !== null) return civilDate(fullYear(numbers[3] ?? '', options), Number(numbers[2]), Number(numbers[1]));
  const words = /^(\d{1,2})[- ]+([a-z]{3,})\.?[- ]+(\d{4}|\d{2})$/.exec(typed);
  if (words === null) return undefined;
  const month = monthOf(words[2] ?? '');
  return month === 0 ? undefined : civilDate(fullYear(words[3] ?? '', options), month, Number(words[1]));
}

/** `2026-11-22` as it stands in a field. Anything that is no civil date stays as it was typed. */
export function dateText(value: string, language: 'nl' | 'en'): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (parts === null) return value;
  return [parts[3], parts[2], parts[1]].join(language === 'en' ? '/' : '-');
}

/** Whether the value of a date field is a civil date, and not something half typed. */
export function isCivilDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}
