import { describe, expect, it } from '@jest/globals';
import { atLeast, parseVersion } from './versions.js';

describe('parseVersion', () => {
  it.each([
    ['nats-server: v2.15.1', [2, 15, 1]],
    ['Redis server v=6.2.14 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64', [6, 2, 14]],
    ['db version v8.0.4\nBuild Info: {}', [8, 0, 4]],
  ])('reads %j', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });

  it('answers undefined where no version is printed', () => {
    expect(parseVersion('command not found')).toBeUndefined();
  });
});

describe('atLeast', () => {
  it.each([
    [[2, 11], [2, 11], true],
    [[2, 11, 0], [2, 11], true],
    [[2, 9, 25], [2, 11], false],
    [[10, 0], [6, 2], true],
    [[6], [6, 2], false],
  ])('%j against %j is %s', (version, minimum, expected) => {
    expect(atLeast(version, minimum)).toBe(expected);
  });
});
