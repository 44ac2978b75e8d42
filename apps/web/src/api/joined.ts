import type { Names } from '#contracts/registration/names.js';
import type { PlaceRef } from '#contracts/registration/structure-shapes.js';

export type { Names, PlaceRef };

/**
 * A reply as the gateway sends it: identifiers, and beside them the names that the asker may see (design.md §1). A name may
 * always be absent: the asker may not see it, or the names could not be had just then.
 */
export type Beside<T> = T & { names?: Names; namesMissing?: true };

export const NO_NAMES: Names = { clients: {}, places: {}, clusters: {}, organisations: {}, people: {} };

export type WithPlace<T> = T & { place?: PlaceRef };
export type WithClient<T> = T & { clientName?: string };

/** Puts the names of the place beside its identifier. */
export function withPlace<T extends { placeId: string }>(item: T, names: Names | undefined): WithPlace<T> {
  const place = names?.places[item.placeId];
  return place === undefined ? item : { ...item, place };
}

/** Puts the name of the client beside the identifier; a bar on the board may have none. */
export function withClient<T extends { clientId?: string }>(item: T, names: Names | undefined): WithClient<T> {
  const clientName = item.clientId === undefined ? undefined : names?.clients[item.clientId];
  return clientName === undefined ? item : { ...item, clientName };
}
