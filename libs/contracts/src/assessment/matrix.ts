import type { Label } from '../code-labels.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import type { ZrmLevel } from './codes.js';

/** A name per level, or a text per cell. */
export type PerLevel<T> = Readonly<Record<ZrmLevel, T>>;

/**
 * Whose texts the cells hold. The cell texts of the ZRM are © GGD Amsterdam and are not shipped: ours are short, in our own
 * words, and say so. A deployer who may use the official ones loads them from a file.
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

/** The versions that can be filled in. */
export interface MatrixVersions {
  /** Oldest first, supplements last. */
  items: MatrixVersion[];
  /** Code of the version that new ZRMs use. */
  current: string;
}

/** The versions and supplements of the ZRM with their domains, levels and cell texts. */
export const listMatrixVersions = defineRequest<NoQuestion, MatrixVersions>('assessment.matrix.list', {
  payload: NoQuestion,
  // Names of domains and levels only; for policy, figures per domain have names by them.
  allow: ['clientmanager', 'trajectregisseur', 'beheerder', 'beleid'],
});
