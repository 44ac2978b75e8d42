import { describe, expect, it } from '@jest/globals';
import { ShareCount, suppressed, toMend } from './quality-scope.js';

describe('what has to be mended', () => {
  it('is everything of a client in the chain, and the departure of one who left', () => {
    const missing = ['contact', 'departure-data'] as const;
    expect(toMend({ organisationId: 'o', status: 'housed', missing })).toEqual(missing);
    expect(toMend({ organisationId: 'o', status: 'left', missing })).toEqual(['departure-data']);
  });
});

describe('the share of registered clients', () => {
  it('counts who is in the chain, per organisation by name', () => {
    const count = new ShareCount();
    count.add({ organisationId: 'b', status: 'housed', missing: [] });
    count.add({ organisationId: 'b', status: 'none', missing: ['stay'] });
    count.add({ organisationId: 'b', status: 'left', missing: [] });
    count.add({ organisationId: 'a', status: 'reserved', missing: ['zwaarte'] });
    const names = new Map([
      ['a', 'Zon'],
      ['b', 'Brug'],
    ]);
    expect(count.shares(names)).toEqual([
      { organisationId: 'b', organisationName: 'Brug', clients: 2, complete: 1 },
      { organisationId: 'a', organisationName: 'Zon', clients: 1, complete: 1 },
    ]);
  });

  const share = { organisationId: 'o', organisationName: 'O' };

  it.each([
    [4, 4, {}],
    [5, 5, { clients: 5, complete: 5 }],
    [5, 0, { clients: 5, complete: 0 }],
    [20, 4, { clients: 20 }],
    [20, 16, { clients: 20 }],
    [20, 15, { clients: 20, complete: 15 }],
  ])('of %i clients with %i complete does not tell of a few', (clients, complete, shown) => {
    expect(suppressed({ ...share, clients, complete })).toEqual({ ...share, ...shown });
  });
});
