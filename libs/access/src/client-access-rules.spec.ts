import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roles } from '#contracts/codes.js';
import type { Caller } from '#contracts/caller.js';
import { type ClientRelations, groundFor, visibleClients } from './client-access-rules.js';

const client: ClientRelations = {
  clientId: 'noor',
  relatedOrganisationIds: ['haven', 'brug'],
  relatedClusterIds: ['kade'],
};
const person: Caller = { kind: 'person', personId: 'p', roles: [], clusterIds: [], clientIds: [] };

describe('the ground on which a caller sees a client', () => {
  it('is the own institution for a clientmanager', () => {
    const caller: Caller = { ...person, roles: ['clientmanager'], organisationId: 'brug' };
    expect(groundFor(caller, client)).toBe('own-institution');
  });

  it('is absent for a clientmanager of another institution, or of none', () => {
    expect(groundFor({ ...person, roles: ['clientmanager'], organisationId: 'ander' }, client)).toBeUndefined();
    expect(groundFor({ ...person, roles: ['clientmanager'] }, client)).toBeUndefined();
  });

  it('is the caseload for a regisseur, by cluster and by client', () => {
    const regisseur: Caller = { ...person, roles: ['trajectregisseur'], organisationId: 'ggd' };
    expect(groundFor({ ...regisseur, clusterIds: ['kade'] }, client)).toBe('own-caseload');
    expect(groundFor({ ...regisseur, clientIds: ['noor'] }, client)).toBe('own-caseload');
    expect(groundFor(regisseur, client)).toBeUndefined();
  });

  it('does not come from a caseload without the role, nor from an organisation without the role', () => {
    expect(groundFor({ ...person, clusterIds: ['kade'], clientIds: ['noor'] }, client)).toBeUndefined();
    expect(groundFor({ ...person, roles: ['trajectregisseur'], organisationId: 'haven' }, client)).toBeUndefined();
  });

  it('is the delivery for a system of that institution', () => {
    expect(groundFor({ ...person, kind: 'system', organisationId: 'haven' }, client)).toBe('system-delivery');
    expect(groundFor({ ...person, kind: 'system', organisationId: 'ander' }, client)).toBeUndefined();
  });

  it.each(roles.filter((role) => role !== 'clientmanager' && role !== 'trajectregisseur'))(
    'is absent for %s',
    (role) => {
      const caller: Caller = {
        ...person,
        roles: [role],
        organisationId: 'haven',
        clusterIds: ['kade'],
        clientIds: ['noor'],
      };
      expect(groundFor(caller, client)).toBeUndefined();
    },
  );

  it('is absent for our own services', () => {
    expect(groundFor({ ...person, kind: 'service', organisationId: 'haven' }, client)).toBeUndefined();
  });
});

describe('the clients that a caller sees', () => {
  const some = (ids: string[]) => fc.uniqueArray(fc.constantFrom(...ids));
  const callers: fc.Arbitrary<Caller> = fc.record({
    kind: fc.constantFrom('person' as const, 'system' as const, 'service' as const),
    personId: fc.constant('p'),
    roles: fc.uniqueArray(fc.constantFrom(...roles)),
    organisationId: fc.constantFrom(undefined, 'o1', 'o2'),
    clusterIds: some(['k1', 'k2']),
    clientIds: some(['c1', 'c2']),
  });
  const clients: fc.Arbitrary<ClientRelations> = fc.record({
    clientId: fc.constantFrom('c1', 'c2', 'c3'),
    relatedOrganisationIds: some(['o1', 'o2', 'o3']),
    relatedClusterIds: some(['k1', 'k2', 'k3']),
  });

  it('are exactly those for whom there is a ground', () => {
    fc.assert(
      fc.property(callers, clients, (caller, { clientId, relatedOrganisationIds, relatedClusterIds }) => {
        const { organisationId, clusterIds, clientIds } = visibleClients(caller);
        const seen =
          (organisationId !== undefined && relatedOrganisationIds.includes(organisationId)) ||
          relatedClusterIds.some((id) => clusterIds.includes(id)) ||
          clientIds.includes(clientId);
        const ground = groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds });
        expect(seen).toBe(ground !== undefined);
      }),
    );
  });
});
