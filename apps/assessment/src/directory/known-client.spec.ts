import { describe, expect, it } from '@jest/globals';
import type { ClientKnown, HousingSituationChanged } from '#contracts/registration/facts.js';
import { afterHousing, afterKnown, afterRecord, unknownClient } from './known-client.js';

const period = (from: string) => ({ stayId: 's', from, clusterId: 'cluster-1', organisationId: 'haven' });

function told(change: Partial<ClientKnown> = {}): ClientKnown {
  return {
    clientId: 'noor',
    housingVersion: 7,
    recordVersion: 2,
    recordedAt: '2026-06-01T10:00:00Z',
    relatedOrganisationIds: ['haven'],
    relatedClusterIds: ['cluster-1'],
    presence: [period('2026-01-10')],
    leaves: [],
    ...change,
  };
}

function housing(version: number, change: Partial<HousingSituationChanged> = {}): HousingSituationChanged {
  return {
    clientId: 'noor',
    changeId: `change-${version}`,
    version,
    kind: 'move',
    effectiveOn: '2026-02-01',
    recordedAt: '2026-02-01T10:00:00Z',
    recordedBy: 'mentor',
    channel: 'person',
    relatedOrganisationIds: ['haven'],
    relatedClusterIds: ['cluster-2'],
    reasons: {},
    ...change,
  };
}

describe('what became known from a file', () => {
  const change = (version: number, channel: 'person' | 'import', until?: string): HousingSituationChanged => {
    const leaves = [{ leaveId: 'l', from: '2026-02-01', ...(until === undefined ? {} : { until }) }];
    const recordedAt = `2026-03-0${version}T10:00:00Z`;
    return housing(version, { presence: [period('2026-01-10')], leaves, channel, recordedAt });
  };
  const after = (...changes: HousingSituationChanged[]) => changes.reduce(afterHousing, unknownClient('noor'));

  it('is the arrival, and of a leave what is told of it last: that the client went, or that they are back', () => {
    expect(after(change(1, 'import'))).toMatchObject({
      presence: [{ isImported: true }],
      leaves: [{ isImported: true }],
    });
    const back = after(change(1, 'person'), change(2, 'import', '2026-02-20'));
    expect(back.presence[0]?.isImported).toBeUndefined();
    expect(back.leaves).toMatchObject([{ isImported: true, knownAt: '2026-03-02T10:00:00Z' }]);
    const byHand = after(change(1, 'import'), change(2, 'person', '2026-02-20'));
    expect(byHand.presence).toMatchObject([{ isImported: true, knownAt: '2026-03-01T10:00:00Z' }]);
    expect(byHand.leaves[0]?.isImported).toBeUndefined();
    // A change of something else leaves both as they were.
    const later = after(change(1, 'person'), change(2, 'import', '2026-02-20'), change(3, 'person', '2026-02-21'));
    expect(later.leaves).toMatchObject([{ isImported: true, knownAt: '2026-03-02T10:00:00Z' }]);
  });
});

describe('a client who was there before this service', () => {
  it('is known as they stand, and facts of before that come late change nothing', () => {
    const known = afterKnown(unknownClient('noor'), told({ mergedInto: 'other' }));
    expect(known).toMatchObject({
      housingVersion: 7,
      recordVersion: 2,
      presence: [{ from: '2026-01-10', knownAt: '2026-06-01T10:00:00Z' }],
      relatedClusterIds: ['cluster-1'],
      mergedInto: 'other',
    });
    expect(afterHousing(known, housing(7))).toBe(known);
    expect(afterKnown(known, told())).toBe(known);
  });

  it('gets the times in the chain that earlier facts did not tell, whichever came first', () => {
    const before = afterHousing(unknownClient('noor'), housing(7));
    expect(before.presence).toEqual([]);
    expect(afterKnown(before, told()).presence).toMatchObject([{ from: '2026-01-10' }]);
    const later = afterHousing(unknownClient('noor'), housing(8));
    expect(afterKnown(later, told())).toMatchObject({ housingVersion: 8, relatedClusterIds: ['cluster-2'] });
  });

  it('does not fall back behind a newer change', () => {
    const newer = afterHousing(unknownClient('noor'), housing(9, { presence: [period('2026-01-12')], leaves: [] }));
    expect(afterKnown(newer, told())).toMatchObject({ housingVersion: 9, presence: [{ from: '2026-01-12' }] });
    const record = { clientId: 'noor', change: 'unmerged', fields: [], version: 3 } as const;
    const unmerged = afterRecord(newer, { ...record, fields: [] });
    expect(afterKnown(unmerged, told({ mergedInto: 'other' })).mergedInto).toBeUndefined();
  });
});
