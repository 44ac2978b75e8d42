import { describe, expect, it } from '@jest/globals';
import { readSearchText } from './search-text-rules.js';

describe('what somebody typed to search', () => {
  it.each([
    ['Noor de Wit', { terms: ['noor', 'de', 'wit'] }],
    ['noor 1-3-2001', { terms: ['noor'], birthDate: '2001-03-01' }],
    ['2001-03-01', { terms: [], birthDate: '2001-03-01' }],
    ['01/03/2001', { terms: [], birthDate: '2001-03-01' }],
    ['31-2-2001', { terms: ['31', '2', '2001'] }],
    ['111222333', { terms: [], bsn: '111222333' }],
    ['1112.22.333', { terms: [], bsn: '111222333' }],
    ['111222334', { terms: ['111222334'] }],
    ['  ', { terms: [] }],
  ])('%s', (text, expected) => {
    expect(readSearchText(text)).toEqual(expected);
  });
});
