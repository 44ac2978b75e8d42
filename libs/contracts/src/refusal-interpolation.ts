type Language = 'nl' | 'en';

const dateForms = {
  nl: new Intl.DateTimeFormat('nl-NL', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

/** A half-open period as text for a refusal: `2026-03-01/2026-04-01`, or `2026-03-01/..` without an end. */
export function periodText(period: { from: string; until?: string | undefined }): string {
  return `${period.from}/${period.until ?? '..'}`;
}

/** Fills the braces of a text; dates and periods are written out. A brace without a value stays visible. */
export function interpolate(
  text: string,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  return text.replaceAll(/\{([a-z]+)\}/gi, (brace, name: string) => {
    const value = params[name];
    return value === undefined ? brace : readable(String(value), language);
  });
}

const datePattern = String.raw`\d{4}-\d{2}-\d{2}`;
const dateForm = new RegExp(`^${datePattern}$`);
const periodForm = new RegExp(`^(${datePattern}|\\.\\.)/(${datePattern}|\\.\\.)$`);

function readable(value: string, language: Language): string {
  if (dateForm.test(value)) return dateForms[language].format(new Date(value));
  const [, from, until] = periodForm.exec(value) ?? [];
  if (from === undefined || until === undefined) return value;
  const words = language === 'nl' ? { from: 'vanaf', until: 'tot' } : { from: 'from', until: 'until' };
  const parts = [
    ...(from === '..' ? [] : [words.from, readable(from, language)]),
    ...(until === '..' ? [] : [words.until, readable(until, language)]),
  ];
  if (parts.length === 0) return language === 'nl' ? 'altijd' : 'always';
  return parts.join(' ');
}
