import { describe, expect, it } from '@jest/globals';
import { testSelection, WHOLE_SYSTEM } from './test-selection.ts';

describe('testSelection', () => {
  it('runs everything without a word: first what can run together, then the whole system two by two', () => {
    const { runs, wholeSystem } = testSelection([]);
    expect(wholeSystem).toBe(true);
    expect(runs).toEqual([
      ['--testPathIgnorePatterns', ...WHOLE_SYSTEM],
      ['--maxWorkers=2', '--testPathPatterns', ...WHOLE_SYSTEM],
    ]);
  });

  it('lets the second run report beside the first', () => {
    const [first, second] = testSelection(['--json', '--outputFile=x']).runs;
    expect(first?.slice(0, 2)).toEqual(['--json', '--outputFile=x']);
    expect(second?.slice(0, 2)).toEqual(['--json', '--outputFile=x.system']);
  });

  it('gives Jest a path as it is, and prepares the whole system only for its tests', () => {
    expect(testSelection(['libs/calendar'])).toEqual({ runs: [['libs/calendar']], wholeSystem: false });
    expect(testSelection(['test/journeys'])).toEqual({ runs: [['--runInBand', 'test/journeys']], wholeSystem: true });
  });

  it.each(['unit', 'int'])('leaves out the tests of the whole system for %s', (kind) => {
    const { runs, wholeSystem } = testSelection([kind]);
    expect(runs.flat()).toEqual(expect.arrayContaining(WHOLE_SYSTEM));
    expect(runs.flat()).toContain('--testPathIgnorePatterns');
    expect(wholeSystem).toBe(false);
  });

  it('keeps a pattern behind a kind apart from the options of that kind', () => {
    const system = ['--maxWorkers=2', '--testPathPatterns', ...WHOLE_SYSTEM];
    expect(testSelection(['system', 'faults']).runs).toEqual([[...system, '--', 'faults']]);
    expect(testSelection(['system', '-t', 'name']).runs).toEqual([[...system, '-t', 'name']]);
  });
});
