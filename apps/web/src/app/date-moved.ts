import type { QueryClient } from '@tanstack/react-query';

import { rewriteTexts } from '../i18n/index.js';
import { rememberOffset } from '../ui/dates.js';

/**
 * The date of the demo was moved, by somebody here or elsewhere: what is shown is asked for again, and what the page says
 * about days is written anew. What stands in a form stays.
 * @param offset milliseconds by which it is moved by now
 */
export function dateMoved(offset: number, queries: QueryClient): void {
  if (!rememberOffset(offset)) return;
  rewriteTexts();
  void queries.invalidateQueries();
}
