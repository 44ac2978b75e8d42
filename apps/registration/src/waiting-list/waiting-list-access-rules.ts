import { type ClientRelations, groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { groundOfPlace, isOwnPlace, type PlaceOwner } from '../stays/housing-access-rules.js';

/**
 * Who does what on the waiting list (domain.md §2 and §3).
 * - Registering, answering and withdrawing: for own clients (`groundFor`).
 * - Offering: an own place to anybody in the row, or, for a trajectregisseur, any place to an own client.
 * - Declining: also who owns the place, to take an offer back.
 * - The row is shown to all; who stands in it only for own clients.
 */

/** @throws Refusal `not-found`: for this caller the client does not exist */
export function checkOwnClient(caller: Caller, client: ClientRelations | undefined, field: string): AccessGround {
  const ground = client && groundFor(caller, client);
  if (ground === undefined) throw Refusal.of('not-found', { fields: [field] });
  return ground;
}

/**
 * @returns the ground on which the access is logged; `own-institution` for an institution that offers its place to
 * somebody whom it does not know
 * @throws Refusal `other-organisation`
 */
export function checkMayOffer(caller: Caller, client: ClientRelations, place: PlaceOwner): AccessGround {
  const ground = groundFor(caller, client);
  if (!isOwnPlace(caller, place) && ground !== 'own-caseload') {
    throw Refusal.of('other-organisation', { fields: ['placeId'] });
  }
  return ground ?? groundOfPlace(caller);
}

/** @throws Refusal `not-found` for who has to do with neither the client nor the place */
export function checkMayDecline(caller: Caller, client: ClientRelations, place: PlaceOwner): AccessGround {
  const ground = groundFor(caller, client);
  if (ground !== undefined) return ground;
  if (!isOwnPlace(caller, place)) throw Refusal.of('not-found', { fields: ['entryId'] });
  return groundOfPlace(caller);
}
