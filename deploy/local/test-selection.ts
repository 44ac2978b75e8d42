/** Which tests to run, from what stands behind `npm test --`. */
export interface TestSelection {
  /** For Jest. */
  readonly args: readonly string[];
  /** Whether tests of the whole system may be among them, which need the build and a browser. */
  readonly wholeSystem: boolean;
}

const WHOLE_SYSTEM = '/test/';

/**
 * A first word `unit`, `int` or `system` chooses a kind of tests by file name; everything else goes to Jest as it is.
 * Without any pattern all tests run.
 */
export function testSelection(words: readonly string[]): TestSelection {
  const [kind, ...rest] = words;
  switch (kind) {
    case 'unit':
      return {
        args: ['--testPathIgnorePatterns', '\\.int\\.spec\\.ts$', WHOLE_SYSTEM, ...separated(rest)],
        wholeSystem: false,
      };
    case 'int':
      return {
        args: ['--testPathIgnorePatterns', '(?<!\\.int)\\.spec\\.ts$', WHOLE_SYSTEM, ...separated(rest)],
        wholeSystem: false,
      };
    case 'system':
      return { args: ['--testPathPatterns', WHOLE_SYSTEM, ...separated(rest)], wholeSystem: true };
    default: {
      const patterns = words.filter((word) => !word.startsWith('-'));
      return { args: words, wholeSystem: patterns.length === 0 || patterns.some((word) => word.includes('test/')) };
    }
  }
}

/** Jest takes every word behind such an option for one more pattern, up to the next option. */
function separated(rest: readonly string[]): readonly string[] {
  return rest.length === 0 || rest[0]?.startsWith('-') === true ? rest : ['--', ...rest];
}
