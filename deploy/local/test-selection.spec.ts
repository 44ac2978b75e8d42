import { describe, expect, it } from '@jest/globals';
import { testSelection } from './test-selection.js';

describe('testSelection', () => {
  it('runs everything without a word', () => {
    expect(testSelection([])).toEqual({ args: [], wholeSystem: true });
    expect(testSelection(['--json', '--outputFile=x'])).toEqual({
      args: ['--json', '--outputFile=x'],
      wholeSystem: true,
    });
  });

  it('gives Jest a path as it is, and prepares the whole system only for its tests', () => {
    expect(testSelection(['libs/calendar'])).toEqual({ args: ['libs/calendar'], wholeSystem: false });
    expect(testSelection(['test/journeys']).wholeSystem).toBe(true);
  });

  it.each(['unit', 'int'])('leaves out the tests of the whole system for %s', (kind) => {
    const { args, wholeSystem } = testSelection([kind]);
    expect(args).toContain('/test/');
    expect(wholeSystem).toBe(false);
  });

  it('keeps a pattern behind a kind apart from the options of that kind', () => {
    expect(testSelection(['system', 'faults']).args).toEqual(['--testPathPatterns', '/test/', '--', 'faults']);
    expect(testSelection(['system', '-t', 'name']).args).toEqual(['--testPathPatterns', '/test/', '-t', 'name']);
  });
});
