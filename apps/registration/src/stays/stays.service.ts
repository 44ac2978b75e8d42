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
import { isStorageAway } from '#persistence/storage-away.js';
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
import { type HousingSnapshot, type LoadedHousing, relationsWith, type StoredChange } from './housing-snapshot.js';
import type { HousingChange } from './housing-types.js';
import { checkMayUndo } from './undo-rules.js';
import { StaysRepository } from './stays.repository.js';
import { type GroupedTask, TaskGroups } from './task-groups.js';

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

/** A command with who asks it, and how. */
interface HousingTask {
  readonly command: HousingCommand;
  readonly caller: Caller;
  readonly origin: HousingOrigin;
  readonly variant: HousingVariant;
}

/** Commands that are written in one unit of work at most. */
const GROUP_LIMIT = 32;

/**
 * Carries out housing commands: load → decide → save with the facts, in one unit of work (domain.md §3, design.md §4).
 * Whatever the door (web app, file, other system), changes of housing come through here. Commands that arrive at the
 * same time share a unit of work (docs/decisions/0014-group-commit.md): each is decided, refused and answered by itself.
 */
@Injectable()
export class StaysService {
  private readonly groups: TaskGroups<HousingTask, HousingOutcome>;

  constructor(
    private readonly repository: StaysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly accessLog: AccessLog,
    private readonly clock: Clock,
  ) {
    const carryOut = (group: readonly GroupedTask<HousingTask>[]) =>
      this.unitOfWork.run((tx) => this.carryOut(tx, group));
    this.groups = new TaskGroups(carryOut, (error) => !isStorageAway(error), GROUP_LIMIT);
  }

  /**
   * Carries out one command.
   * @throws Refusal of the rules (housing-ledger.ts), of access (housing-access-rules.ts), `stale-version`, or
   * `idempotency-key-reused`; nothing was written then
   */
  execute(command: HousingCommand, caller: Caller, origin: HousingOrigin): Promise<HousingOutcome> {
    return onceOnly(() => this.groups.run({ command, caller, origin, variant: {} }));
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
    const alone = { task: { command, caller, origin, variant }, inContext: <T>(work: () => T) => work() };
    const [result] = await this.carryOut(tx, [alone]);
    if (result?.status !== 'fulfilled') throw result?.reason;
    return result.value;
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
    return onceOnly(() => this.groups.run({ command, caller, origin, variant: { condition } }));
  }

  /** Two statements to read, two to write, and one for all outbox entries, however many commands there are. */
  private async carryOut(
    tx: Tx,
    group: readonly GroupedTask<HousingTask>[],
  ): Promise<PromiseSettledResult<HousingOutcome>[]> {
    const commands = group.map(({ task }) => task.command);
    const snapshot = await this.repository.load(commands, tx.session);
    const results = group.map(({ task, inContext }): PromiseSettledResult<HousingOutcome> => {
      try {
        return { status: 'fulfilled', value: inContext(() => this.perform(tx, snapshot, task)) };
      } catch (reason) {
        // A refusal left nothing behind. Anything else is not foreseen: then nothing of the group may be written.
        if (reason instanceof Refusal) return { status: 'rejected', reason };
        throw reason;
      }
    });
    await this.repository.save(snapshot.writes(this.clock.today()), tx.session);
    return results;
  }

  /** Decides on one command. Refuses before it leaves anything in the unit of work. */
  private perform(
    tx: Tx,
    snapshot: HousingSnapshot,
    { command, caller, origin, variant }: HousingTask,
  ): HousingOutcome {
    const seen = snapshot.seenBy(command);
    if (seen === undefined) throw new Error('a command needs a ledger that was not read');
    const identity = identityOf(origin);
    const hash = hashOf(command);
    const earlier = findEarlier(seen, identity, hash);
    if (earlier !== undefined) return { changes: earlier, repeated: true };

    checkMayAsk(command, caller, seen.clients, targetOf(command, seen));
    variant.condition?.(seen);
    const state: HousingState = { clients: seen.clients.map(({ ledger }) => ledger), places: seen.places };
    const context = this.contextFor(seen, caller, origin, identity);
    const decision = variant.decide ? variant.decide(state, context) : decide(command, state, context);
    const subjects = subjectsOf(decision, seen, caller);
    snapshot.keep(decision, hash);
    this.tell(tx, decision);
    const operation = origin.operation ?? recordHousingChange.subject;
    this.accessLog.record(tx, caller, 'update', operation, subjects, identity.entryId);
    return { changes: decision.changes, repeated: false };
  }

  private tell(tx: Tx, { changes, clients }: HousingDecision): void {
    for (const change of changes) {
      const ledger = clients.find(({ clientId }) => clientId === change.clientId);
      if (ledger === undefined) throw new Error('a change without its client');
      const { clientId: key, version } = change;
      this.outbox.add(tx, housingSituationChanged, toHousingSituationChanged(change, ledger), { key, version });
    }
  }

  private contextFor(
    seen: LoadedHousing,
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
        seen.clients.flatMap(({ clientId, birthDate }) => (birthDate === undefined ? [] : [[clientId, birthDate]])),
      ),
      planningHorizonDays: defaultPlanningHorizonDays,
    };
  }
}

/** Checks the access to every client that a decision touches. @throws Refusal @returns what the access log tells */
function subjectsOf({ changes, clients }: HousingDecision, seen: LoadedHousing, caller: Caller): AccessSubject[] {
  return changes.map((change) => {
    const { clientId } = change;
    const client = seen.clients.find((candidate) => candidate.clientId === clientId);
    const ledger = clients.find((candidate) => candidate.clientId === clientId);
    if (client === undefined || ledger === undefined) throw new Error('a change without its client');
    return { clientId, ground: checkMayChange(change, caller, client, relationsWith(client, ledger)) };
  });
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
function findEarlier({ clients }: LoadedHousing, identity: Identity, hash: string): StoredChange[] | undefined {
  const earlier = clients.flatMap(({ clientId, ledger }) => {
    const changeId = identity.idFor(`change:${clientId}`);
    const changes: readonly StoredChange[] = ledger.changes;
    return changes.filter((change) => change.changeId === changeId);
  });
  if (earlier.length === 0) return undefined;
  if (earlier.some(({ requestHash }) => requestHash !== hash)) throw Refusal.of('idempotency-key-reused');
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
