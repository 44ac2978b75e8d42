import { describe, expect, it } from '@jest/globals';

import type { Stay } from '../../api/housing.js';
import { commandOf, requiredFields, type HousingFormValues } from './housing-command.js';

const empty: HousingFormValues = {
  from: '2026-03-01',
  date: '2026-03-02',
  until: '',
  expectedUntil: '',
  placeId: '',
  reason: '',
  destination: '',
};

const stay: Stay = {
  stayId: 's1',
  placeId: 'p1',
  clusterId: 'k1',
  organisationId: 'o1',
  from: '2026-01-01',
  until: '2026-02-01',
  reserved: false,
  leaves: [],
  state: 'ended',
  zwaarteMatch: 'equal',
};

describe('the request of a housing change', () => {
  it('names the place of an arrival, or the reservation that it confirms', () => {
    expect(commandOf({ kind: 'arrival' }, { ...empty, placeId: 'p2' })).toEqual({
      kind: 'arrival',
      from: '2026-03-01',
      placeId: 'p2',
    });
    const reservation = { ...stay, stayId: 'r1', reserved: true };
    expect(commandOf({ kind: 'move', reservation }, empty)).toEqual({
      kind: 'move',
      date: '2026-03-02',
      reservationId: 'r1',
    });
    expect(requiredFields({ kind: 'move', reservation })).toEqual(['date']);
  });

  it('sends only what a correction changes, and null for an end that goes', () => {
    const values = { ...empty, from: '2026-01-01', until: '', reason: 'wrong-date' };
    expect(commandOf({ kind: 'correction', stay }, values)).toEqual({
      kind: 'correction',
      stayId: 's1',
      reason: 'wrong-date',
      until: null,
    });
  });

  it('cancels a stay as a whole', () => {
    expect(commandOf({ kind: 'cancellation', stay }, { ...empty, reason: 'did-not-happen' })).toEqual({
      kind: 'cancellation',
      target: { of: 'stay', stayId: 's1' },
      reason: 'did-not-happen',
    });
  });
});
