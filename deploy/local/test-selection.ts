import { join } from 'node:path';
import { repositoryRoot } from './paths.ts';

/** Which tests to run, from what stands behind `npm test --`. */
export interface TestSelection {
  /** For Jest, one run after the other. */
  readonly runs: readonly (readonly string[])[];
  /** Whether tests of the whole system may be among them, which need the build and a browser. */
  readonly wholeSystem: boolean;
}

/**
 * Tests that start a whole system: two at a time, however many cores there are. They wait a good deal, for what was killed
 * and for pages; more of them would need more memory than a small machine has.
 */
export const WHOLE_SYSTEM = ['test', 'apps/web/browser'].map((folder) => `${join(repositoryRoot, folder)}/`);
const withoutSystem = (...others: string[]): string[] => ['--testPathIgnorePatterns', ...others, ...WHOLE_SYSTEM];
const onlySystem = ['--maxWorkers=2', '--testPathPatterns', ...WHOLE_SYSTEM];

/**
 * A first word `unit`, `int` or `system` chooses a kind of tests by file name; everything else goes to Jest as it is.
 * Without any pattern all tests run.
 */
export function testSelection(words: readonly string[]): TestSelection {
  const [kind, ...rest] = words;
  switch (kind) {
    case 'unit':
      return { runs: [[...withoutSystem('\\.int\\.spec\\.ts$'), ...separated(rest)]], wholeSystem: false };
    case 'int':
      return { runs: [[...withoutSystem('(?<!\\.int)\\.spec\\.ts$'), ...separated(rest)]], wholeSystem: false };
    case 'system':
      return { runs: [[...onlySystem, ...separated(rest)]], wholeSystem: true };
    default: {
      const patterns = words.filter((word) => !word.startsWith('-'));
      if (patterns.length === 0) return { runs: [[...words, ...withoutSystem()], secondRun(words)], wholeSystem: true };
      const wholeSystem = patterns.some((word) => word.includes('test/') || word.includes('browser'));
      return { runs: [wholeSystem ? ['--runInBand', ...words] : words], wholeSystem };
    }
  }
}

/** The system tests of a full run; they report beside the first run, not over it. */
function secondRun(words: readonly string[]): string[] {
  const own = words.map((word) => (word.startsWith('--outputFile=') ? `${word}.system` : word));
  return [...own, ...onlySystem];
}

/** Jest takes every word behind such an option for one more pattern, up to the next option. */
function separated(rest: readonly string[]): readonly string[] {
  return rest.length === 0 || rest[0]?.startsWith('-') === true ? rest : ['--', ...rest];
}
