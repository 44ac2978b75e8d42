/**
 * Characters that nobody types and that deceive whoever reads them: controls other than tab and line ends, marks that turn
 * the direction of what follows (a name that shows otherwise than it is stored), and values that are no character.
 * Joiners and the marks of direction that Arabic, Persian and Hebrew texts are typed with are allowed.
 */
const DECEIVING = /[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\uFFFE\uFFFF]/u;

/** Whether a text holds only what a person can read; half of a character is none. */
export function isReadableText(text: string): boolean {
  return text.isWellFormed() && !DECEIVING.test(text);
}
