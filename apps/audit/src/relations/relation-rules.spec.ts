import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#contracts/caller.js';
import type { HousingSituationChanged } from '#contracts/registration/facts.js';
import {
  partOfHousing,
  readableBy,
  type RelationState,
  stateOfHousing,
  stateOfRegistration,
} from './relation-rules.js';

const caller = (changes: Partial<Caller>): Caller => ({
  kind: 'person',
  personId: 'johan',
  roles: ['clientmanager'],
  clusterIds: [],
  clientIds: [],
  ...changes,
});
const haven = caller({ organisationId: 'haven' });
const brug = caller({ organisationId: 'brug', personId: 'petra' });
const fatima = caller({
  personId: 'fatima',
  roles: ['trajectregisseur'],
  clusterIds: ['haven-1'],
  organisationId: 'ggd',
});
const at = (day: number) => `2026-03-0${String(day)}T09:00:00.000Z`;
const state = (version: number, day: number, organisationIds: string[], clusterIds: string[] = []): RelationState => ({
  version,
  at: at(day),
  organisationIds,
  clusterIds,
});
const told = (states: RelationState[]) => ({ clientId: 'noor', parts: [], undone: [], states });
const transfer = [state(0, 1, ['haven']), state(1, 2, ['haven'], ['haven-1']), state(2, 5, ['brug'], ['brug-1'])];

describe('after a transfer', () => {
  it('the present institution reads the whole log', () => {
    expect(readableBy(brug, told(transfer))).toEqual({ ground: 'own-institution' });
  });

  it('the earlier institution reads its own time, and later only what its own side did', () => {
    expect(readableBy(haven, told(transfer))).toEqual({
      ground: 'own-institution',
      only: {
        periods: [
          { from: at(1), until: at(2) },
          { from: at(2), until: at(5) },
        ],
        organisationId: 'haven',
        personId: 'johan',
      },
    });
  });

  it('the earlier regisseur reads that time, and what they did themselves', () => {
    expect(readableBy(fatima, told(transfer))).toEqual({
      ground: 'own-caseload',
      only: { periods: [{ from: at(2), until: at(5) }], personId: 'fatima' },
    });
    expect(readableBy({ ...fatima, clientIds: ['noor'] }, told(transfer))).toEqual({ ground: 'own-caseload' });
  });

  it('the order in which facts arrive does not matter, and who comes back reads everything', () => {
    expect(readableBy(haven, told(transfer.toReversed()))).toEqual(readableBy(haven, told(transfer)));
    expect(readableBy(haven, told([...transfer, state(3, 7, ['haven'])]))).toEqual({ ground: 'own-institution' });
  });
});

it('nobody else reads anything', () => {
  expect(readableBy(caller({ organisationId: 'elders' }), told(transfer))).toBeUndefined();
  expect(readableBy(caller({ roles: ['beheerder'], organisationId: 'haven' }), told(transfer))).toBeUndefined();
  expect(readableBy(haven, told([]))).toBeUndefined();
});

describe('what older facts told', () => {
  const change: Pick<HousingSituationChanged, keyof HousingSituationChanged> = {
    clientId: 'noor',
    changeId: 'c',
    version: 1,
    kind: 'move',
    effectiveOn: '2026-03-01',
    recordedAt: at(1),
    recordedBy: 'johan',
    channel: 'person',
    organisationId: 'haven',
    previousOrganisationId: 'elders',
    reasons: {},
  };

  it('holds until the first that says who is related', () => {
    const part = partOfHousing(change);
    const newer = stateOfHousing({ ...change, version: 2, recordedAt: at(3), relatedOrganisationIds: ['brug'] });
    if (part === undefined || newer === undefined) throw new Error('nothing told');
    const old = { clientId: 'noor', parts: [part], undone: [], states: [] };
    expect(readableBy(caller({ organisationId: 'elders' }), old)).toEqual({ ground: 'own-institution' });
    expect(readableBy(haven, { ...old, states: [newer] })).toMatchObject({ only: { periods: [{ until: at(3) }] } });
    expect(readableBy(haven, { ...old, undone: ['c'] })).toBeUndefined();
  });

  it('is not needed of those that do', () => {
    expect(partOfHousing({ ...change, relatedOrganisationIds: ['haven'] })).toBeUndefined();
    expect(partOfHousing({ ...change, kind: 'cancellation' })).toBeUndefined();
    expect(stateOfHousing(change)).toBeUndefined();
    expect(stateOfRegistration({ clientId: 'noor', change: 'changed', fields: [], version: 2 }, at(1))).toBeUndefined();
  });
});
