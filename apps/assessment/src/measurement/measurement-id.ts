import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { CivilDate } from '#calendar/civil-date.js';
import type { MeasurementKind } from '#contracts/assessment/codes.js';

/** Namespace of identifiers that derive from a request; never change it. */
const NAMESPACE = '1d7a3e0c-58a4-4f5e-9f0b-6a3b2f1c9e10';

/**
 * Identifier of a ZRM from a file: what it is for and its date are what tell the rows of a client apart, so that a row that
 * comes again finds the ZRM that it became.
 */
export function importedZrmId(clientId: string, kind: MeasurementKind, date: CivilDate): string {
  return uuidv5(JSON.stringify(['zrm-import', clientId, kind, date]), NAMESPACE);
}

/** Identifier of a new ZRM: the same key of the same person gives the same one, so that a repeated request finds it. */
export function measurementIdFor(personId: string, key: string | undefined): string {
  return key === undefined ? uuidv7() : uuidv5(JSON.stringify(['zrm', personId, key]), NAMESPACE);
}
