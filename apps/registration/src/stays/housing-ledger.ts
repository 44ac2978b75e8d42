import { Refusal } from '#contracts/refusal.js';
import { decideDeparture, decideLeave, decideReturn } from './decide-absence.js';
import { decideCancellation, decideMerge, decideUnmerge } from './decide-cancellation.js';
import { decideCorrection } from './decide-correction.js';
import { decideArrival, decideMove, decideReservation, decideSwap } from './decide-placing.js';
import type { HousingCommand, HousingContext, HousingDecision, HousingState } from './housing-commands.js';
import { clientIn, openClientIn, settle } from './housing-settling.js';
import type { Edit } from './housing-settling.js';
import type { ClientLedger } from './housing-types.js';

/**
 * The heart: decides on one command over the housing ledgers (domain.md §3). Pure; the caller loads what
 * {@link ledgersNeeded} names, and writes the ledgers of the decision, each guarded by its version, together with one
 * event per change in one unit of work.
 * @throws Refusal when a rule forbids it; nothing has to be written then
 */
export function decide(command: HousingCommand, state: HousingState, context: HousingContext): HousingDecision {
  return settle(editsFor(command, state, context), state, context);
}

function editsFor(command: HousingCommand, state: HousingState, context: HousingContext): readonly Edit[] {
  switch (command.kind) {
    case 'arrival':
      return [decideArrival(command, ledgerFor(command, state), state, context)];
    case 'move':
      return [decideMove(command, ledgerFor(command, state), state, context)];
    case 'reservation':
      return [decideReservation(command, ledgerFor(command, state), state, context)];
    case 'leave':
      return [decideLeave(command, ledgerFor(command, state), context)];
    case 'return':
      return [decideReturn(command, ledgerFor(command, state), context)];
    case 'departure':
      return [decideDeparture(command, ledgerFor(command, state), context)];
    case 'correction':
      return [decideCorrection(command, ledgerFor(command, state), state, context)];
    case 'cancellation':
      return decideCancellation(command, ledgerFor(command, state), state);
    case 'swap': {
      const { first, second } = command;
      if (first.clientId === second.clientId) {
        throw Refusal.of('swap-needs-two-clients', { fields: ['second.clientId'] });
      }
      const ledgers = { first: ledgerFor(first, state, 'first.'), second: ledgerFor(second, state, 'second.') };
      return decideSwap(command, ledgers, state, context);
    }
    case 'merge':
      return decideMerge(command, ledgerFor(command, state), state);
    case 'unmerge':
      return decideUnmerge(withVersion(command, clientIn(state, command.clientId)), state);
  }
}

interface ForClient {
  readonly clientId: string;
  readonly expectedVersion?: number;
}

/** The ledger that a command is for, when it accepts changes and has the version that the caller saw. */
function ledgerFor(target: ForClient, state: HousingState, path = ''): ClientLedger {
  return withVersion(target, openClientIn(state, target.clientId, `${path}clientId`), path);
}

function withVersion({ expectedVersion }: ForClient, ledger: ClientLedger, path = ''): ClientLedger {
  if (expectedVersion !== undefined && expectedVersion !== ledger.version) {
    const params = { actual: ledger.version, expected: expectedVersion };
    throw Refusal.of('stale-version', { params, fields: [`${path}expectedVersion`] });
  }
  return ledger;
}

/** Identifiers of the ledgers that a command reads and may write. */
export interface LedgersNeeded {
  readonly clientIds: readonly string[];
  readonly placeIds: readonly string[];
}

/**
 * What to load for a command. Which ledgers these are may depend on a ledger (the other client of a swap that is
 * undone, the places of earlier stays), so ask again with what was loaded until nothing new is named: at most thrice.
 */
export function ledgersNeeded(command: HousingCommand, known: readonly ClientLedger[]): LedgersNeeded {
  const clientIds = new Set(clientsNamed(command));
  for (const ledger of known.filter(({ clientId }) => clientIds.has(clientId))) {
    for (const paired of pairedClients(command, ledger)) clientIds.add(paired);
  }
  const placeIds = new Set('placeId' in command && command.placeId !== undefined ? [command.placeId] : []);
  for (const ledger of known.filter(({ clientId }) => clientIds.has(clientId))) {
    const undone = ledger.changes.filter(({ changeId }) => isUndone(command, changeId, known));
    const stays = [...ledger.stays, ...undone.flatMap(({ before, after }) => [...before, ...after])];
    for (const { placeId } of stays) placeIds.add(placeId);
  }
  return { clientIds: [...clientIds], placeIds: [...placeIds] };
}

function clientsNamed(command: HousingCommand): string[] {
  if (command.kind === 'swap') return [command.first.clientId, command.second.clientId];
  return command.kind === 'merge' ? [command.clientId, command.intoClientId] : [command.clientId];
}

function pairedClients(command: HousingCommand, ledger: ClientLedger): string[] {
  if (command.kind === 'unmerge') return ledger.mergedInto === undefined ? [] : [ledger.mergedInto];
  if (command.kind !== 'cancellation' || command.target.of !== 'change') return [];
  const { changeId } = command.target;
  const paired = ledger.changes.find((change) => change.changeId === changeId)?.paired;
  return paired === undefined ? [] : [paired.clientId];
}

/** Whether a change is the one that the command takes back, or its other half. */
function isUndone(command: HousingCommand, changeId: string, known: readonly ClientLedger[]): boolean {
  if (command.kind !== 'cancellation' || command.target.of !== 'change') return false;
  const { changeId: wanted } = command.target;
  return known.some(({ changes }) =>
    changes.some((change) => change.changeId === wanted && [wanted, change.paired?.changeId].includes(changeId)),
  );
}
