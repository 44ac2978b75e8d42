import type { MeldingPart, MeldingUrgency } from '../../api/meldingen.js';

/** A melding takes a hundred changes; a line that tells them all would push every other one out of sight. */
const MOST_SHOWN = 5;

/** What a line tells at once, and what is one press away; each in the order of the melding. */
export interface ShownParts<P> {
  shown: readonly P[];
  folded: readonly P[];
}

/**
 * Of a melding with many changes the newest, with the newest of those that make it as urgent as it is: why it is urgent stays
 * visible (ui.md, Why is always visible).
 */
export function shownParts<P extends Pick<MeldingPart, 'urgency'>>(
  parts: readonly P[],
  urgency: MeldingUrgency,
): ShownParts<P> {
  if (parts.length <= MOST_SHOWN) return { shown: parts, folded: [] };
  const newest = parts.slice(-MOST_SHOWN);
  const deciding = parts.findLast((part) => part.urgency === urgency);
  const shown =
    deciding === undefined || newest.includes(deciding) ? newest : [deciding, ...newest.slice(1 - MOST_SHOWN)];
  return { shown, folded: parts.filter((part) => !shown.includes(part)) };
}
