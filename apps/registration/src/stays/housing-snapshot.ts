import type { ClientRelations } from '#access/client-access-rules.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { Zwaarte } from '#contracts/codes.js';
import type { StoredHousing } from '../clients/client.schema.js';
import type { HousingCommand, HousingDecision } from './housing-commands.js';
import { ledgersNeeded } from './housing-ledger.js';
import { type HousingRelations, housingRelations, housingSummary } from './housing-summary.js';
import type { ClientLedger, HousingChange, PlaceLedger } from './housing-types.js';

/** A change with the hash of the request that made it, so that a repeated request is told from another one. */
export interface StoredChange extends HousingChange {
  readonly requestHash?: string;
}

/** A client as far as the housing needs them. */
export interface HousedClient extends ClientRelations {
  readonly ledger: ClientLedger;
  readonly birthDate?: CivilDate;
  readonly zwaarte?: Zwaarte;
  readonly registeredByOrganisationId: string;
}

/** The ledgers that a command needs; what does not exist is left out. */
export interface LoadedHousing {
  readonly clients: readonly HousedClient[];
  readonly places: readonly PlaceLedger[];
}

/** What is written of one client: new changes, and what follows from them. */
export interface ClientWrite extends HousingRelations {
  readonly ledger: ClientLedger;
  /** Version of the ledger as it was read. */
  readonly previousVersion: number;
  readonly changes: readonly StoredChange[];
  readonly housing: StoredHousing;
}

/** What is written of one place. */
export interface PlaceWrite {
  readonly place: PlaceLedger;
  /** Version of the ledger as it was read. */
  readonly previousVersion: number;
}

/** Relations of a client once a ledger is theirs. */
export function relationsWith(client: HousedClient, ledger: ClientLedger): ClientRelations & HousingRelations {
  return { clientId: client.clientId, ...housingRelations(ledger, client.registeredByOrganisationId) };
}

/**
 * The ledgers that one unit of work read, with what its commands decided so far: a later command of the unit sees the
 * earlier ones, and at the end each ledger is written once, by the version that was read.
 */
export class HousingSnapshot {
  private readonly clients: Map<string, HousedClient>;
  private readonly places: Map<string, PlaceLedger>;
  private readonly changes = new Map<string, StoredChange[]>();
  private readonly versionsRead: ReadonlyMap<string, number>;

  /** @param asked identifiers that were looked for, whether they exist or not */
  constructor(
    loaded: LoadedHousing,
    private readonly asked: ReadonlySet<string>,
  ) {
    this.clients = new Map(loaded.clients.map((client) => [client.clientId, client]));
    this.places = new Map(loaded.places.map((place) => [place.placeId, place]));
    this.versionsRead = new Map([
      ...loaded.clients.map(({ clientId, ledger }) => [clientId, ledger.version] as const),
      ...loaded.places.map(({ placeId, version }) => [placeId, version] as const),
    ]);
  }

  /** What a command sees, or undefined when an earlier command of the unit made it need what was not read. */
  seenBy(command: HousingCommand): LoadedHousing | undefined {
    const ledgers = [...this.clients.values()].map(({ ledger }) => ledger);
    const { clientIds, placeIds } = ledgersNeeded(command, ledgers);
    if (![...clientIds, ...placeIds].every((id) => this.asked.has(id))) return undefined;
    return {
      clients: clientIds.flatMap((clientId) => this.clients.get(clientId) ?? []),
      places: placeIds.flatMap((placeId) => this.places.get(placeId) ?? []),
    };
  }

  /** Keeps what a command decided. @param requestHash content of the request, stored with its changes */
  keep(decision: HousingDecision, requestHash: string): void {
    for (const ledger of decision.clients) {
      const client = this.clients.get(ledger.clientId);
      const change = ledger.changes.at(-1);
      if (client === undefined || change === undefined) throw new Error('a decision about a client that was not read');
      const stored: StoredChange = { ...change, requestHash };
      const withHash = { ...ledger, changes: [...ledger.changes.slice(0, -1), stored] };
      this.clients.set(ledger.clientId, { ...client, ...relationsWith(client, ledger), ledger: withHash });
      this.changes.set(ledger.clientId, [...(this.changes.get(ledger.clientId) ?? []), stored]);
    }
    for (const place of decision.places) this.places.set(place.placeId, place);
  }

  /** What has to be written. @param today the date that the summaries are for */
  writes(today: CivilDate): { clients: ClientWrite[]; places: PlaceWrite[] } {
    const clients = [...this.changes].flatMap(([clientId, changes]) => {
      const client = this.clients.get(clientId);
      if (client === undefined) return [];
      const { ledger, relatedOrganisationIds, relatedClusterIds } = client;
      const housing = housingSummary(ledger, today);
      const previousVersion = this.versionRead(clientId);
      return [{ ledger, previousVersion, changes, housing, relatedOrganisationIds, relatedClusterIds }];
    });
    const places = [...this.places.values()]
      .map((place) => ({ place, previousVersion: this.versionRead(place.placeId) }))
      .filter(({ place, previousVersion }) => place.version !== previousVersion);
    return { clients, places };
  }

  private versionRead(id: string): number {
    const version = this.versionsRead.get(id);
    if (version === undefined) throw new Error(`ledger ${id} was not read`);
    return version;
  }
}
