import type { Caller } from '#contracts/caller.js';
import { createCluster, createLocation, createOrganisation, createPlace } from '#contracts/registration/structure.js';
import { passesElevenTest } from '../clients/bsn.js';
import { operator, personWith, type RunningRegistration } from './running-registration.js';

/** A valid BSN; the same number gives the same one. */
export function bsnNumber(number: number): string {
  for (let candidate = 100_000_000 + number * 20; ; candidate += 1) {
    if (passesElevenTest(String(candidate))) return String(candidate);
  }
}

/** An institution with one cluster of places, its clientmanager, and a regisseur with the cluster in the caseload. */
export interface Institution {
  organisationId: string;
  clusterId: string;
  placeIds: string[];
  manager: Caller;
  regisseur: Caller;
}

/** Makes an institution through the requests of the operator. */
export async function makeInstitution(
  ask: RunningRegistration['ask'],
  name: string,
  places: number,
): Promise<Institution> {
  const { organisationId } = await ask(operator, createOrganisation, { name, kind: 'institution' });
  const { locationId } = await ask(operator, createLocation, { organisationId, name: `${name}straat 1` });
  const { clusterId } = await ask(operator, createCluster, { locationId, name: `${name} begane grond` });
  const placeIds: string[] = [];
  for (let number = 1; number <= places; number += 1) {
    const place = { name: `Kamer ${number}`, kind: 'opvang', zwaarte: 'light', fundingFrame: 'inside-chain' } as const;
    placeIds.push((await ask(operator, createPlace, { clusterId, ...place })).placeId);
  }
  return {
    organisationId,
    clusterId,
    placeIds,
    manager: personWith('clientmanager', { organisationId }),
    regisseur: personWith('trajectregisseur', { clusterIds: [clusterId] }),
  };
}
