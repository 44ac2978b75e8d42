import { describe, expect, it } from '@jest/globals';
import { collectIds, idLists, idSets } from './referenced-ids.js';

describe('collectIds', () => {
  it('finds identifiers at any depth by the names of their fields', () => {
    const ids = collectIds({
      clientId: 'c1',
      items: [
        { previousPlaceId: 'p1', clusterIds: ['k1', 'k2'], parts: [{ because: 'replacement', becauseOf: ['u1'] }] },
      ],
      representativePersonId: 'u2',
      recordedBy: 'u3',
      organisationId: 7,
      version: 3,
      names: { text: 'nothing' },
    });
    expect(Object.fromEntries(Object.entries(ids).map(([kind, found]) => [kind, [...found]]))).toEqual({
      client: ['c1'],
      place: ['p1'],
      cluster: ['k1', 'k2'],
      organisation: [],
      person: ['u1', 'u2', 'u3'],
    });
  });
});

describe('identifiers that travel', () => {
  it('arrive as they left, and say nothing of a kind of which there are none', () => {
    const ids = collectIds({ clientId: 'c1', clusterIds: ['k1', 'k2'] });
    expect(idLists(ids)).toEqual({ client: ['c1'], cluster: ['k1', 'k2'] });
    expect(idSets(idLists(ids))).toEqual(ids);
  });
});
