import { type ClientRelations, groundFor } from '#access/client-access-rules.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { isRegisseurOf, targetOf } from './housing-access-rules.js';
import type { HousingCommand } from './housing-commands.js';
import { staysSomewhere } from './housing-reading.js';
import type { ClientLedger, PlaceLedger } from './housing-types.js';

/**
 * What somebody may record of a client with whom they have nothing to do (docs/decisions/0011). Without these rules a
 * client could be taken away, or the file opened and closed again, by whoever got to know an identifier.
 * - An institution: the arrival at an own place of who stays nowhere on that date. Never a move or a swap.
 * - A reservation, also by a regisseur, is one from outside.
 * - A refusal says no more than that the client is not theirs, unless it is about their own place or their own dates.
 */

/** Refusals about the place or the dates asked for; any other would tell something of the client. */
const TELLS_NOTHING: ReadonlySet<string> = new Set([
  'unknown-place',
  'place-occupied',
  'place-reserved',
  'place-offered',
  'place-closed',
  'field-required',
  'date-order',
  'arrival-in-future',
  'reservation-in-past',
  'date-too-far-ahead',
  'death-mismatch',
  'death-in-future',
  'unknown-reservation',
  'place-differs-from-reservation',
]);

/** A client as far as these rules need them. */
type KnownClient = ClientRelations & { readonly ledger: ClientLedger };

/**
 * Decides on a command, for a stranger by the rules above.
 * @param decideIn decides and checks; gets what the context must say of the caller
 * @throws Refusal `client-of-other-institution`, `reservation-needs-other-side`, and what `decideIn` throws
 */
export function decideForStranger<T>(
  command: HousingCommand,
  caller: Caller,
  { clients, places }: { readonly clients: readonly KnownClient[]; readonly places: readonly PlaceLedger[] },
  decideIn: (outside: { readonly fromOutside?: boolean }) => T,
): T {
  const strangers = clients.filter((client) => groundFor(caller, client) === undefined);
  if (strangers.length === 0 || command.kind === 'cancellation') return decideIn({});
  const target = targetOf(command, clients, places);
  if (command.kind === 'reservation')
    return discreet('reservation-needs-other-side', () => decideIn({ fromOutside: true }));
  if (target !== undefined && isRegisseurOf(caller, target)) return decideIn({});
  if (command.kind === 'swap' && isRegisseurOf(caller)) return decideIn({});
  return discreet('client-of-other-institution', () => {
    const isArrival = command.kind === 'arrival';
    if (!isArrival || strangers.some(({ ledger }) => staysSomewhere(ledger.stays, command.from))) throw notTheirs();
    return decideIn({});
  });
}

function notTheirs(): Refusal {
  return Refusal.of('client-of-other-institution', { fields: ['clientId'] });
}

/** Says a refusal that would tell something of the client in other words. */
function discreet<T>(code: 'client-of-other-institution' | 'reservation-needs-other-side', work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || TELLS_NOTHING.has(error.code)) throw error;
    throw Refusal.of(code, { fields: ['clientId'] });
  }
}
