import { folded } from '#contracts/folded-text.js';

/** Texts as they are compared: names are written with and without accents, capitals and hyphens. */

/** Longest beginning of a word that is kept as a key; what is searched for is cut there too. */
const KEY_LENGTH = 12;

/** The words of a text, folded: "El-Amrani" gives "el" and "amrani". */
export function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** One text as it is compared and sorted: its words, one space between. */
export function comparable(text: string): string {
  return wordsOf(text).join(' ');
}

/** Every beginning of every word, so that searching by beginnings is comparing for equality, which an index serves. */
export function searchKeysOf(texts: readonly (string | undefined)[]): string[] {
  const keys = new Set<string>();
  for (const word of texts.flatMap((text) => wordsOf(text ?? ''))) {
    const letters = Array.from(word).slice(0, KEY_LENGTH);
    for (let length = 1; length <= letters.length; length += 1) keys.add(letters.slice(0, length).join(''));
  }
  return [...keys];
}

/** The keys that a record must all have to match what somebody typed; empty when there is no letter or digit in it. */
export function searchTermsOf(text: string): string[] {
  return [...new Set(wordsOf(text).map((word) => Array.from(word).slice(0, KEY_LENGTH).join('')))];
}
