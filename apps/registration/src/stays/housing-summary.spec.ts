import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { housingRelations, housingSummary } from './housing-summary.js';
import type { Stay } from './housing-types.js';

const day = parseCivilDate;
const today = day('2026-03-01');

function stay(id: string, from: string, extra: Partial<Stay> = {}): Stay {
  return {
    stayId: id,
    placeId: `place-${id}`,
    clusterId: `cluster-${id}`,
    organisationId: `organisation-${id}`,
    from: day(from),
    reserved: false,
    leaves: [],
    ...extra,
  };
}

const departed = {
  end: { kind: 'departure', reason: 'own-choice', destination: 'family' },
} as const;

describe('the summary of housing', () => {
  it('knows nothing of a client without stays', () => {
    expect(housingSummary({ stays: [] }, today)).toEqual({ status: 'none' });
  });

  it('says where the client is and when that ends by itself', () => {
    const stays = [stay('a', '2026-02-01', { until: day('2026-04-01'), ...departed })];
    expect(housingSummary({ stays }, today)).toMatchObject({
      status: 'housed',
      placeId: 'place-a',
      since: '2026-02-01',
      until: '2026-04-01',
    });
    expect(housingSummary({ stays }, day('2026-04-01'))).toMatchObject({ status: 'left', placeId: 'place-a' });
  });

  it('keeps who waits for a planned move where they are until it is confirmed', () => {
    const stays = [
      stay('a', '2026-02-01', { until: day('2026-03-05'), end: { kind: 'move', toStayId: 'b' } }),
      stay('b', '2026-03-05', { reserved: true }),
    ];
    for (const date of [today, day('2026-03-10')]) {
      const summary = housingSummary({ stays }, date);
      expect(summary).toMatchObject({ status: 'housed', placeId: 'place-a' });
      expect(summary.until).toBeUndefined();
    }
  });

  it('shows the reserved place of who stays nowhere', () => {
    const stays = [stay('b', '2026-05-01', { reserved: true })];
    expect(housingSummary({ stays }, today)).toMatchObject({ status: 'reserved', placeId: 'place-b' });
  });
});

describe('who is related to a client', () => {
  it('is the registering organisation while there is no stay', () => {
    const expected = { relatedOrganisationIds: ['registrar'], relatedClusterIds: [] };
    expect(housingRelations({ stays: [] }, 'registrar')).toEqual(expected);
    expect(housingRelations({ stays: [] }, undefined)).toEqual({ relatedOrganisationIds: [], relatedClusterIds: [] });
  });

  it('is who houses the client and who has a reservation, no earlier one', () => {
    const stays = [
      stay('old', '2025-01-01', { until: day('2025-06-01'), ...departed }),
      stay('now', '2026-02-01'),
      stay('next', '2026-05-01', { reserved: true }),
    ];
    expect(housingRelations({ stays }, 'registrar')).toEqual({
      relatedOrganisationIds: ['organisation-now', 'organisation-next'],
      relatedClusterIds: ['cluster-now', 'cluster-next'],
    });
  });

  it('stays with the last institution after the client left', () => {
    const stays = [stay('old', '2025-01-01', { until: day('2025-06-01'), ...departed })];
    expect(housingRelations({ stays }, 'registrar').relatedOrganisationIds).toEqual(['organisation-old']);
  });
});
