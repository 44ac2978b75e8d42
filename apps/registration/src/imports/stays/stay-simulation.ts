import type { CivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { contentHash, derivedId, requestContent } from '../../identity.js';
import { checkMayAsk, checkMayChange, targetOf } from '../../stays/housing-access-rules.js';
import { defaultPlanningHorizonDays, type HousingCommand, type HousingDecision } from '../../stays/housing-commands.js';
import { decide, ledgersNeeded } from '../../stays/housing-ledger.js';
import { housingRelations } from '../../stays/housing-summary.js';
import type { ClientLedger, PlaceLedger } from '../../stays/housing-types.js';
import { decideForStranger } from '../../stays/stranger-rules.js';
import type { HousedClient } from '../../stays/stays.repository.js';

/** A command with the key under which it is carried out once, and what it touches. */
export interface PlannedStep {
  readonly command: HousingCommand;
  readonly key: string;
  /** Clients and places whose order matters. */
  readonly touches: readonly string[];
}

/** Who imports, when, for which institution. */
export interface SimulationContext {
  readonly caller: Caller;
  readonly organisationId: string;
  readonly now: Date;
  readonly today: CivilDate;
}

/** Whose keys they are: of all imports of one institution together, so that two imports of one file do it once. */
export function importScope(organisationId: string): string {
  return `import:${organisationId}`;
}

/**
 * The ledgers as they will be, in memory: commands are decided by the real rules, in the order in which they will be
 * carried out, so that a preview shows exactly what the commit would refuse.
 */
export class StaySimulation {
  private readonly clients: Map<string, HousedClient>;
  private readonly places: Map<string, PlaceLedger>;

  constructor(
    clients: readonly HousedClient[],
    places: readonly PlaceLedger[],
    private readonly context: SimulationContext,
  ) {
    this.clients = new Map(clients.map((client) => [client.clientId, client]));
    this.places = new Map(places.map((place) => [place.placeId, place]));
  }

  client(clientId: string): HousedClient | undefined {
    return this.clients.get(clientId);
  }

  place(placeId: string): PlaceLedger | undefined {
    return this.places.get(placeId);
  }

  /**
   * Carries out commands of one client, all or none.
   * @param line number of the line in the file, a part of the keys
   * @throws StepFailed with the command that the rules or the access rules refuse
   */
  run(line: string, commands: readonly HousingCommand[], clientId: string): PlannedStep[] {
    const before = { client: this.clients.get(clientId), places: new Map<string, PlaceLedger>() };
    const steps: PlannedStep[] = [];
    for (const command of commands) {
      try {
        steps.push(this.step(`${line}:${String(steps.length)}`, command, clientId, before.places));
      } catch (error) {
        if (before.client) this.clients.set(clientId, before.client);
        for (const [placeId, place] of before.places) this.places.set(placeId, place);
        throw new StepFailed(command, error);
      }
    }
    return steps;
  }

  private step(
    line: string,
    command: HousingCommand,
    clientId: string,
    replaced: Map<string, PlaceLedger>,
  ): PlannedStep {
    const client = this.clients.get(clientId);
    const ledger = client?.ledger;
    // The version tells a correction there and back and there again apart; the same file read twice gives the same key.
    const key = `${line}:${String(ledger?.version ?? 0)}:${contentHash(requestContent(command))}`;
    const decision = this.decide(command, key, client ? [client] : []);
    if (client) this.apply(client, decision, replaced);
    const named = 'placeId' in command && command.placeId !== undefined ? [command.placeId] : [];
    const touches = new Set([clientId, ...named, ...decision.places.map(({ placeId }) => placeId)]);
    return { command, key, touches: [...touches] };
  }

  private decide(command: HousingCommand, key: string, clients: readonly HousedClient[]): HousingDecision {
    const { caller, organisationId, now, today } = this.context;
    const ledgers = clients.map(({ ledger }) => ledger);
    const places = ledgersNeeded(command, ledgers).placeIds.flatMap((placeId) => this.places.get(placeId) ?? []);
    checkMayAsk(command, caller, clients, targetOf(command, clients, places));
    const state = { clients: ledgers, places };
    return decideForStranger(command, caller, { clients, places }, (outside) => {
      const decision = decide(command, state, {
        ...outside,
        now,
        today,
        recordedBy: caller.personId,
        channel: 'import',
        newIdFor: (name) => derivedId(name, importScope(organisationId), key),
        birthDates: new Map(clients.flatMap(({ clientId, birthDate }) => (birthDate ? [[clientId, birthDate]] : []))),
        planningHorizonDays: defaultPlanningHorizonDays,
      });
      for (const change of decision.changes) {
        const client = clients.find(({ clientId }) => clientId === change.clientId);
        const ledger = decision.clients.find(({ clientId }) => clientId === change.clientId);
        if (client && ledger) checkMayChange(change, caller, client, this.withLedger(client, ledger));
      }
      return decision;
    });
  }

  private apply(client: HousedClient, decision: HousingDecision, replaced: Map<string, PlaceLedger>): void {
    const [ledger] = decision.clients;
    if (ledger === undefined) return;
    const after = this.withLedger(client, ledger);
    this.clients.set(client.clientId, after);
    for (const place of decision.places) {
      const old = this.places.get(place.placeId);
      if (old && !replaced.has(place.placeId)) replaced.set(place.placeId, old);
      this.places.set(place.placeId, place);
    }
  }

  private withLedger(client: HousedClient, ledger: ClientLedger): HousedClient {
    return { ...client, ledger, ...housingRelations(ledger, client.registeredByOrganisationId) };
  }
}

/** A command that could not be carried out; `cause` says why. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly command: HousingCommand,
    cause: unknown,
  ) {
    super('a command of a row was refused', { cause });
  }
}
