import { Refusal } from '#contracts/refusal.js';
import { comparable } from './text-keys.js';

/** Characters that show nothing; some of them (fillers) count as letters. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** Whether a name has something to see, to sort and to search by: a letter or a digit of any script. */
export function isName(text: string): boolean {
  return comparable(text.replaceAll(UNSEEN, '')) !== '';
}

/**
 * The key by which a name is compared and sorted.
 * @throws Refusal `name-without-letters` for one that is only signs, or cannot be seen
 */
export function nameKeyOf(name: string, field = 'name'): string {
  if (!isName(name)) throw Refusal.of('name-without-letters', { fields: [field] });
  return comparable(name);
}
