import type { Label } from '#contracts/code-labels.js';
import type { MatrixDomain, PerLevel } from '#contracts/assessment/matrix.js';

type Text = readonly [nl: string, en: string];

/** Five texts, from level 1 to level 5. */
export function perLevel(one: Text, two: Text, three: Text, four: Text, five: Text): PerLevel<Label> {
  return { 1: label(one), 2: label(two), 3: label(three), 4: label(four), 5: label(five) };
}

/** A domain of a version. */
export function domain(code: string, nl: string, en: string, cells: PerLevel<Label>): MatrixDomain {
  return { code, name: { nl, en }, cells };
}

/** The names of the levels, the same in every version (domain.md §4). */
export const levels = perLevel(
  ['Acute problematiek', 'Acute problems'],
  ['Niet zelfredzaam', 'Not self-sufficient'],
  ['Beperkt zelfredzaam', 'Barely self-sufficient'],
  ['Voldoende zelfredzaam', 'Adequately self-sufficient'],
  ['Volledig zelfredzaam', 'Fully self-sufficient'],
);

function label([nl, en]: Text): Label {
  return { nl, en };
}
