import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

/** Namespace of identifiers that derive from a request; never change it. */
const NAMESPACE = '6d1f9a52-4c0e-4b7e-9a53-0f6f3f1c2d77';

/** Identifier of a new import: the same key of the same person gives the same one, so that a repeated upload finds it. */
export function importIdFor(personId: string, key: string | undefined): string {
  return key === undefined ? uuidv7() : uuidv5(JSON.stringify(['import', personId, key]), NAMESPACE);
}
