import { Injectable } from '@nestjs/common';
import mongoose from 'mongoose';
import { AccessLog } from '#access/access-log.js';
import type { AccessSubject } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { ChangeChannel } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { housingSituationChanged } from '#contracts/registration/facts.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { Outbox } from '#messaging/outbox.js';
import { type Tx, UnitOfWork, WriteConflict } from '#persistence/unit-of-work.js';
import { contentHash, creationId, derivedId, newId, requestContent } from '../identity.js';
import { checkMayAsk, checkMayChange, type PlaceOwner } from './housing-access-rules.js';
import {
  type CancellationCommand,
  defaultPlanningHorizonDays,
  type HousingCommand,
  type HousingContext,
  type HousingDecision,
  type HousingState,
} from './housing-commands.js';
import { toHousingSituationChanged } from './housing-event.js';
import { decide } from './housing-ledger.js';
import { housingRelations, housingSummary } from './housing-summary.js';
import type { HousingChange } from './housing-types.js';
import { checkMayUndo } from './undo-rules.js';
import { type ClientWrite, type HousedClient, type LoadedHousing, StaysRepository } from './stays.repository.js';

/** By which door a command came in, and the identity under which it may be repeated. */
export interface HousingOrigin {
  readonly channel: ChangeChannel;
  /**
   * The same `scope` and `key` carry out the same command once only. Scope says whose key it is: `person:<id>`,
   * `import:<id>`, `event:<source>`. Without it every request is a new one.
   */
  readonly request?: { readonly scope: string; readonly key: string };
  /** Name of the request in the access log; `registration.stays.record` when absent. */
  readonly operation?: string;
}

/** How a command that is a part of something larger differs. */
export interface HousingVariant {
  /** A further check on what was loaded; throws a Refusal. */
  readonly condition?: (loaded: LoadedHousing) => void;
  /** Decides in the place of the plain rules; it has to use them. */
  readonly decide?: (state: HousingState, context: HousingContext) => HousingDecision;
}

/** What a command did. `repeated`: it had been carried out before, and these are the changes that it made then. */
export interface HousingOutcome {
  readonly changes: readonly HousingChange[];
  readonly repeated: boolean;
}

/**
 * Carries out housing commands: load → decide → save with the facts, in one unit of work (domain.md §3, design.md §4).
 * Whatever the door (web app, file, other system), changes of housing come through here.
 */
@Injectable()
export class StaysService {
  constructor(
    private readonly repository: StaysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly accessLog: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Carries out one command in a unit of work of its own.
   * @throws Refusal of the rules (housing-ledger.ts), of access (housing-access-rules.ts), `stale-version`, or
   * `idempotency-key-reused`; nothing was written then
   */
  execute(command: HousingCommand, caller: Caller, origin: HousingOrigin): Promise<HousingOutcome> {
    return onceOnly(() => this.unitOfWork.run((tx) => this.executeIn(tx, command, caller, origin)));
  }

  /**
   * Carries out one command as a part of a larger unit of work, where more has to stand or fall with it. At most one
   * command per client and place in a unit. Wrap the unit in {@link onceOnly}.
   * @param variant what differs from a plain command; a repeated request skips it
   */
  async executeIn(
    tx: Tx,
    command: HousingCommand,
    caller: Caller,
    origin: HousingOrigin,
    variant: HousingVariant = {},
  ): Promise<HousingOutcome> {
    const loaded = await this.repository.load(command, tx.session);
    const identity = identityOf(origin);
    const hash = hashOf(command);
    const earlier = findEarlier(loaded, identity, hash);
    if (earlier !== undefined) return { changes: earlier, repeated: true };

    checkMayAsk(command, caller, loaded.clients, targetOf(command, loaded));
    variant.condition?.(loaded);
    const state: HousingState = { clients: loaded.clients.map(({ ledger }) => ledger), places: loaded.places };
    const context = this.contextFor(loaded, caller, origin, identity);
    const decision = variant.decide ? variant.decide(state, context) : decide(command, state, context);
    await this.save(tx, decision, loaded, { caller, origin, identity, hash });
    return { changes: decision.changes, repeated: false };
  }

  /**
   * Takes back the last change of a client that the caller made, with the other half of a swap.
   * @throws Refusal `undo-not-own-change`, `undo-not-last-change`, `unknown-change`, and what {@link execute} throws
   */
  undo(
    { clientId, changeId, expectedVersion }: { clientId: string; changeId: string; expectedVersion?: number },
    caller: Caller,
    origin: HousingOrigin,
  ): Promise<HousingOutcome> {
    const command: CancellationCommand = {
      kind: 'cancellation',
      clientId,
      reason: 'other',
      target: { of: 'change', changeId },
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    };
    const condition = ({ clients }: LoadedHousing) => {
      const client = clients.find((candidate) => candidate.clientId === clientId);
      if (client !== undefined) checkMayUndo(client.ledger, changeId, caller.personId);
    };
    return onceOnly(() => this.unitOfWork.run((tx) => this.executeIn(tx, command, caller, origin, { condition })));
  }

  private contextFor(
    loaded: LoadedHousing,
    caller: Caller,
    { channel }: HousingOrigin,
    identity: Identity,
  ): HousingContext {
    return {
      now: this.clock.now(),
      today: this.clock.today(),
      recordedBy: caller.personId,
      channel,
      newIdFor: identity.idFor,
      birthDates: new Map(
        loaded.clients.flatMap(({ clientId, birthDate }) => (birthDate === undefined ? [] : [[clientId, birthDate]])),
      ),
      planningHorizonDays: defaultPlanningHorizonDays,
    };
  }

  /** Statements: one per client, one per place, one for all outbox entries together. */
  private async save(
    tx: Tx,
    decision: HousingDecision,
    loaded: LoadedHousing,
    by: { caller: Caller; origin: HousingOrigin; identity: Identity; hash: string },
  ): Promise<void> {
    const subjects: AccessSubject[] = [];
    for (const [index, change] of decision.changes.entries()) {
      const client = loaded.clients.find(({ clientId }) => clientId === change.clientId);
      const ledger = decision.clients[index];
      if (client === undefined || ledger === undefined) throw new Error('a decision without its client');
      const write = this.clientWrite(client, ledger, { ...change, requestHash: by.hash });
      const after = { clientId: client.clientId, ...write.relations };
      subjects.push({ clientId: client.clientId, ground: checkMayChange(change, by.caller, client, after) });
      await this.repository.saveClient(write, tx.session);
      const { clientId: key, version } = change;
      this.outbox.add(tx, housingSituationChanged, toHousingSituationChanged(change, ledger), { key, version });
    }
    for (const place of decision.places) await this.repository.savePlace(place, tx.session);
    const operation = by.origin.operation ?? recordHousingChange.subject;
    this.accessLog.record(tx, by.caller, 'update', operation, subjects, by.identity.entryId);
  }

  private clientWrite(client: HousedClient, ledger: ClientWrite['ledger'], change: ClientWrite['change']): ClientWrite {
    return {
      ledger,
      change,
      housing: housingSummary(ledger, this.clock.today()),
      relations: housingRelations(ledger, client.registeredByOrganisationId),
    };
  }
}

/** A change that a person asked for; the same key of the same person does it once. */
export function byPerson(caller: Caller, operation: string, key: string | undefined): HousingOrigin {
  return {
    channel: 'person',
    operation,
    ...(key === undefined ? {} : { request: { scope: `person:${caller.personId}`, key } }),
  };
}

interface Identity {
  readonly idFor: (name: string) => string;
  /** Of the access-log entry: unique in the outbox, so that one key cannot be used for two clients. */
  readonly entryId: string;
}

function identityOf({ request }: HousingOrigin): Identity {
  const scope = request?.scope ?? 'unrepeatable';
  const key = request?.key ?? newId();
  return {
    idFor: (name) => derivedId(name, scope, key),
    entryId: creationId('housing-request', scope, request?.key),
  };
}

/** Content of a command; the version that the caller saw is a condition and no content. */
function hashOf(command: HousingCommand): string {
  const unconditional = <T extends object>(part: T): T => ({ ...part, expectedVersion: undefined });
  const content =
    command.kind === 'swap'
      ? { ...command, first: unconditional(command.first), second: unconditional(command.second) }
      : unconditional(command);
  return contentHash(requestContent(content));
}

/** The changes that the same request made before. @throws Refusal `idempotency-key-reused` when it asked for more */
function findEarlier({ clients }: LoadedHousing, identity: Identity, hash: string): HousingChange[] | undefined {
  const earlier = clients.flatMap(({ clientId, ledger }) => {
    const changeId = identity.idFor(`change:${clientId}`);
    const changes: readonly (HousingChange & { requestHash?: string })[] = ledger.changes;
    return changes.filter((change) => change.changeId === changeId);
  });
  if (earlier.length === 0) return undefined;
  if (earlier.some(({ requestHash: known }) => known !== hash)) throw Refusal.of('idempotency-key-reused');
  return earlier;
}

/** The place that the command brings the client to, when it names one. */
function targetOf(command: HousingCommand, { places }: LoadedHousing): PlaceOwner | undefined {
  return 'placeId' in command ? places.find(({ placeId }) => placeId === command.placeId) : undefined;
}

/**
 * Runs a unit of work with housing commands.
 * @throws Refusal `idempotency-key-reused` where a key was used for another client before (its access-log entry exists),
 * `concurrent-change` where others kept writing the same client or place
 */
export async function onceOnly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WriteConflict) throw Refusal.of('concurrent-change');
    if (!(error instanceof mongoose.mongo.MongoServerError)) throw error;
    if (error.code === DUPLICATE_KEY) throw Refusal.of('idempotency-key-reused');
    if (error.code === WRITE_CONFLICT || error.hasErrorLabel('TransientTransactionError')) {
      throw Refusal.of('concurrent-change');
    }
    throw error;
  }
}

const DUPLICATE_KEY = 11_000;
const WRITE_CONFLICT = 112;
