import type { Label } from '#contracts/code-labels.js';
import type { ZrmLevel } from '#contracts/assessment/codes.js';

/** A name per level, or a text per cell. */
export type PerLevel<T> = Readonly<Record<ZrmLevel, T>>;

/**
 * Whose texts the cells hold. The cell texts of the ZRM are © GGD Amsterdam and are not shipped: ours are short, in our own
 * words, and say so. A deployer who may use the official ones loads them from a file (`official-texts.ts`).
 */
export type TextSource = 'unofficial' | 'official';

/** One domain of life, as one version of the matrix has it. */
export interface MatrixDomain {
  /** Unique in its version; stored with every score, so it never changes. */
  readonly code: string;
  readonly name: Label;
  /** What each level looks like in this domain. */
  readonly cells: PerLevel<Label>;
}

/**
 * One version of the Zelfredzaamheid-Matrix (domain.md §4): data, not code. A `supplement` is filled in beside a version of
 * kind `core`.
 */
export interface MatrixVersion {
  /** Stored with every measurement, so it never changes. */
  readonly code: string;
  readonly kind: 'core' | 'supplement';
  readonly name: Label;
  readonly texts: TextSource;
  readonly levels: PerLevel<Label>;
  /** In the order in which they are shown. */
  readonly domains: readonly MatrixDomain[];
}

/** The domain with this code, or undefined when the version does not have it. */
export function domainIn(version: MatrixVersion, code: string): MatrixDomain | undefined {
  return version.domains.find((domain) => domain.code === code);
}

/** Whether two names are the same for a reader: capitals, spaces and dashes do not count. */
export function sameName(a: string, b: string): boolean {
  return keyOfName(a) === keyOfName(b);
}

/** A name by which it is found again. */
export function keyOfName(name: string): string {
  return name
    .trim()
    .replaceAll(/[\s-]+/g, ' ')
    .toLowerCase();
}
