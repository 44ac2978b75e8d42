import { type ClientRelations, groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { HousingChangeKind } from '#contracts/codes.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type { CancellationCommand, HousingCommand } from './housing-commands.js';
import type { ClientLedger, HousingChange, PlaceLedger, Stay } from './housing-types.js';

/**
 * Who may record which housing change (domain.md §2 and §3; issue: "someone else's institution").
 * - Own clients: those for whom `groundFor` gives a ground. Own places: of one's institution (clientmanager, system), or
 *   of a cluster in one's caseload (trajectregisseur).
 * - Who has no ground for the client may only bring the client to an own place: a regisseur by arrival, move, reservation,
 *   or a swap with an own client; an institution by the arrival of who stays nowhere, or by a reservation
 *   (stranger-rules.ts). Such a reservation is one from outside: it opens nothing, and who made it may take it back.
 * - An institution brings clients to own places only. A move, reservation or swap of an own client may lead to another
 *   institution's place: the sending side may record a transfer. A regisseur may bring own clients anywhere.
 * - Leave, return, departure, correction and cancellation: own clients only, and for an institution only where one of
 *   the stays touched is at an own place, or a reservation from outside.
 */

/** Where a stay is, or would be. */
export type PlaceOwner = Pick<Stay, 'organisationId' | 'clusterId'>;

const movesClients: readonly HousingChangeKind[] = ['move', 'reservation', 'swap'];
const bringsClients: readonly HousingChangeKind[] = ['arrival', ...movesClients];

/** Whether a place is the caller's own. */
export function isOwnPlace(caller: Caller, { organisationId, clusterId }: PlaceOwner): boolean {
  if (actsForInstitution(caller) && caller.organisationId === organisationId) return true;
  return isRegisseur(caller) && caller.clusterIds.includes(clusterId);
}

function actsForInstitution(caller: Caller): boolean {
  return caller.kind === 'system' || (caller.kind === 'person' && caller.roles.includes('clientmanager'));
}

function isRegisseur(caller: Caller): boolean {
  return caller.kind === 'person' && caller.roles.includes('trajectregisseur');
}

/** Whether somebody is a regisseur, of a place when one is given. */
export function isRegisseurOf(caller: Caller, place?: PlaceOwner): boolean {
  return isRegisseur(caller) && (place === undefined || caller.clusterIds.includes(place.clusterId));
}

/** Which places are the caller's own, as a question to a database: a place matches when one of the parts does. */
export function ownPlaces(caller: Caller): { organisationId?: string; clusterIds: readonly string[] } {
  const { organisationId } = caller;
  return {
    ...(actsForInstitution(caller) && organisationId !== undefined ? { organisationId } : {}),
    clusterIds: isRegisseur(caller) ? caller.clusterIds : [],
  };
}

/** The place to which a command brings a client, when it names one, by itself or by a reservation. */
export function targetOf(
  command: HousingCommand,
  clients: readonly { readonly ledger: ClientLedger }[],
  places: readonly PlaceLedger[],
): PlaceOwner | undefined {
  const reservationId = 'reservationId' in command ? command.reservationId : undefined;
  const placeId = 'placeId' in command ? command.placeId : undefined;
  if (reservationId === undefined) return places.find((place) => place.placeId === placeId);
  const stays = clients.flatMap(({ ledger }) => ledger.stays);
  return stays.find(({ stayId, reserved }) => reserved && stayId === reservationId);
}

/**
 * Checked before the rules of the ledger speak, because their refusals tell where a client is.
 * @param clients relations of the clients that the command names, as far as they exist
 * @param target the place that the command names, when it exists
 * @throws Refusal `not-found`: for this caller the client does not exist
 */
export function checkMayAsk(
  command: HousingCommand,
  caller: Caller,
  clients: readonly (ClientRelations & { readonly ledger: ClientLedger })[],
  target: PlaceOwner | undefined,
): void {
  const isOwn = (clientId: string) =>
    clients.some((client) => client.clientId === clientId && groundFor(caller, client) !== undefined);
  const hidden = (field: string) => Refusal.of('not-found', { fields: [field] });
  if (command.kind === 'swap') {
    if (!isOwn(command.first.clientId) && !isOwn(command.second.clientId)) throw hidden('first.clientId');
    return;
  }
  if (command.kind === 'merge' && !isOwn(command.intoClientId)) throw hidden('intoClientId');
  if (isOwn(command.clientId)) return;
  const ledger = clients.find(({ clientId }) => clientId === command.clientId)?.ledger;
  if (command.kind === 'cancellation' && ledger && takesBackOwn(command, ledger, caller)) return;
  const receives = bringsClients.includes(command.kind) && target !== undefined && isOwnPlace(caller, target);
  if (!receives) throw hidden('clientId');
}

/** Whether a cancellation is of a reservation from outside at an own place. */
function takesBackOwn({ target }: CancellationCommand, { stays, changes }: ClientLedger, caller: Caller): boolean {
  const made = changes.find(
    ({ changeId, kind }) => target.of === 'change' && changeId === target.changeId && kind === 'reservation',
  );
  const named = target.of === 'stay' ? [target.stayId] : (made?.after ?? []).map(({ stayId }) => stayId);
  return stays.some((stay) => named.includes(stay.stayId) && isOwnFromOutside(caller, stay));
}

function isOwnFromOutside(caller: Caller, stay: Stay): boolean {
  return stay.fromOutside === true && isOwnPlace(caller, stay);
}

/** The ground for who has to do with the place and not with the client. */
export function groundOfPlace(caller: Caller): AccessGround {
  if (caller.kind === 'system') return 'system-delivery';
  return caller.roles.includes('trajectregisseur') ? 'own-caseload' : 'own-institution';
}

/**
 * Checked on what the rules of the ledger decided for one client.
 * @param before relations of the client until now; @param after as the change leaves them
 * @returns the ground on which the access is logged
 * @throws Refusal `other-organisation`, or `not-found`
 */
export function checkMayChange(
  change: HousingChange,
  caller: Caller,
  before: ClientRelations,
  after: ClientRelations,
): AccessGround {
  const own = groundFor(caller, before);
  const isFromOutside = [...change.before, ...change.after].some((stay) => isOwnFromOutside(caller, stay));
  const ground = own ?? groundFor(caller, after) ?? (isFromOutside ? groundOfPlace(caller) : undefined);
  if (ground === undefined) throw Refusal.of('not-found', { fields: ['clientId'] });
  if (change.kind === 'merge' || change.kind === 'unmerge' || own === 'own-caseload') return ground;

  const known = new Set(change.before.map(({ placeId }) => placeId));
  const entered = change.after.filter(({ placeId }) => !known.has(placeId));
  const mayTransfer = own !== undefined && movesClients.includes(change.kind);
  if (!mayTransfer && entered.some((stay) => !isOwnPlace(caller, stay))) {
    throw Refusal.of('other-organisation', { fields: ['placeId'] });
  }
  const touched = [...change.before, ...change.after];
  const touchesOwn = touched.some((stay) => stay.fromOutside === true || isOwnPlace(caller, stay));
  if (!bringsClients.includes(change.kind) && !touchesOwn) {
    throw Refusal.of('other-organisation', { fields: ['clientId'] });
  }
  return ground;
}
