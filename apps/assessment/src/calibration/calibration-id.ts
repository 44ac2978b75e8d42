import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

/** Namespace of identifiers that derive from a request; never change it. */
const NAMESPACE = '6f0c2d5b-3f0e-4c43-8f38-0a9d6f2f7c51';

/** Identifier of a new session: the same key of the same person gives the same one, so that a repeated request finds it. */
export function sessionIdFor(personId: string, key: string | undefined): string {
  return key === undefined ? uuidv7() : uuidv5(JSON.stringify(['calibration', personId, key]), NAMESPACE);
}
