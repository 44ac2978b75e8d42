import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

/** Namespace of identifiers that derive from a request; never change it. */
const NAMESPACE = '1d7a3e0c-58a4-4f5e-9f0b-6a3b2f1c9e10';

/** Identifier of a new ZRM: the same key of the same person gives the same one, so that a repeated request finds it. */
export function measurementIdFor(personId: string, key: string | undefined): string {
  return key === undefined ? uuidv7() : uuidv5(JSON.stringify(['zrm', personId, key]), NAMESPACE);
}
