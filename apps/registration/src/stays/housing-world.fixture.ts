import { parseCivilDate } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { defaultPlanningHorizonDays } from './housing-commands.js';
import type { HousingCommand, HousingContext } from './housing-commands.js';
import { decide, ledgersNeeded } from './housing-ledger.js';
import { emptyClientLedger } from './housing-types.js';
import type { ClientLedger, HousingChange, PlaceLedger } from './housing-types.js';

export const d = parseCivilDate;

/** A place that is always open, for tests. */
export function aPlace(placeId: string, over: Partial<PlaceLedger> = {}): PlaceLedger {
  return {
    placeId,
    label: `Haven ${placeId}`,
    clusterId: `cluster-${placeId}`,
    organisationId: 'org',
    kind: 'opvang',
    zwaarte: 'medium',
    fundingFrame: 'inside-chain',
    version: 1,
    occupations: [],
    ...over,
  };
}

/** All ledgers in memory: loads what a command needs, decides, and writes as the service does, each by its version. */
export class HousingWorld {
  readonly clients = new Map<string, ClientLedger>();
  readonly places = new Map<string, PlaceLedger>();
  readonly birthDates = new Map<string, CivilDate>();
  today: CivilDate;
  #commands = 0;

  constructor(today: string, places: readonly PlaceLedger[]) {
    this.today = d(today);
    for (const place of places) this.places.set(place.placeId, place);
  }

  ledger(clientId: string): ClientLedger {
    return this.clients.get(clientId) ?? emptyClientLedger(clientId);
  }

  place(placeId: string): PlaceLedger {
    const place = this.places.get(placeId);
    if (place === undefined) throw new Error(`no place ${placeId}`);
    return place;
  }

  /** Carries out a command; gives its changes. @throws Refusal */
  do(command: HousingCommand): readonly HousingChange[] {
    this.#commands += 1;
    const request = this.#commands;
    const loaded = new Map<string, ClientLedger>();
    let needed = ledgersNeeded(command, []);
    while (needed.clientIds.some((clientId) => !loaded.has(clientId))) {
      for (const clientId of needed.clientIds) loaded.set(clientId, this.ledger(clientId));
      needed = ledgersNeeded(command, [...loaded.values()]);
    }
    const places = needed.placeIds.flatMap((placeId) => this.places.get(placeId) ?? []);
    const context: HousingContext = {
      now: new Date(Date.parse(`${this.today}T08:00:00Z`) + request * 1000),
      today: this.today,
      recordedBy: 'person-1',
      channel: 'person',
      newIdFor: (name) => `${name}#${String(request)}`,
      birthDates: this.birthDates,
      planningHorizonDays: defaultPlanningHorizonDays,
    };
    const decision = decide(command, { clients: [...loaded.values()], places }, context);
    for (const ledger of decision.clients) this.clients.set(ledger.clientId, ledger);
    for (const place of decision.places) this.places.set(place.placeId, place);
    return decision.changes;
  }

  /** The code with which a command is refused, or `accepted`. Anything but a refusal is thrown on. */
  try(command: HousingCommand): string {
    try {
      this.do(command);
      return 'accepted';
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  /** The refusal of a command. */
  refusalOf(command: HousingCommand): Refusal {
    try {
      this.do(command);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error(`${command.kind} was accepted`);
  }

  /** Stays of a client as short texts: `A 2026-01-01..2026-02-01 move`, `(B 2026-03-01..)` for a reservation. */
  stays(clientId: string): string[] {
    return this.ledger(clientId).stays.map((stay) => {
      const text = `${stay.placeId} ${stay.from}..${stay.until ?? ''}${stay.end === undefined ? '' : ` ${stay.end.kind}`}`;
      return stay.reserved ? `(${text})` : text;
    });
  }
}
