import { describe, expect, it } from '@jest/globals';

import { sortedBy } from './sorted-by.js';

const labels = (rows: { label: string | undefined }[]): (string | undefined)[] => rows.map(({ label }) => label);

describe('rows in order', () => {
  const rooms = ['Kamer 10', 'Kamer 2', undefined, 'aula'].map((label) => ({ label }));

  it('counts numbers inside texts, and keeps what has no value at the end in both directions', () => {
    expect(labels(sortedBy(rooms, ({ label }) => label, false))).toEqual(['aula', 'Kamer 2', 'Kamer 10', undefined]);
    expect(labels(sortedBy(rooms, ({ label }) => label, true))).toEqual(['Kamer 10', 'Kamer 2', 'aula', undefined]);
  });

  it('takes numbers by size, leaves what is equal as it was, and the given rows alone', () => {
    const rows = [
      { size: 10, label: 'a' },
      { size: 9, label: 'b' },
      { size: 10, label: 'c' },
    ];
    expect(labels(sortedBy(rows, ({ size }) => size, false))).toEqual(['b', 'a', 'c']);
    expect(labels(sortedBy(rows, ({ size }) => size, true))).toEqual(['a', 'c', 'b']);
    expect(labels(rows)).toEqual(['a', 'b', 'c']);
  });
});
