import { Injectable } from '@nestjs/common';
import { AccessLog } from '#access/access-log.js';
import type { AccessSubject } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { housingSituationChanged } from '#contracts/registration/facts.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { Outbox } from '#messaging/outbox.js';
import { isDuplicateKey } from '#persistence/duplicate-key.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { chainPresence } from './chain-presence.js';
import { checkMayAsk, checkMayChange, targetOf } from './housing-access-rules.js';
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
import { findEarlier, hashOf, type HousingOrigin, identityOf, type RequestIdentity } from './housing-origin.js';
import { type HousingSnapshot, type LoadedHousing, relationsWith } from './housing-snapshot.js';
import type { HousingChange } from './housing-types.js';
import { decideForStranger } from './stranger-rules.js';
import { checkMayUndo } from './undo-rules.js';
import { StaysRepository } from './stays.repository.js';
import { type GroupedTask, TaskGroups } from './task-groups.js';

export type { HousingOrigin } from './housing-origin.js';

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

/** One of several commands that stand or fall together was refused. */
export class PartRefused extends Error {
  constructor(
    readonly command: HousingCommand,
    readonly refusal: Refusal,
  ) {
    super(`a part was refused: ${refusal.code}`);
  }
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
   * command per client and place in a unit: more go together by {@link executeAllIn}. Wrap the unit in {@link onceOnly}.
   * @param variant what differs from a plain command; a repeated request skips it
   */
  async executeIn(
    tx: Tx,
    command: HousingCommand,
    caller: Caller,
    origin: HousingOrigin,
    variant: HousingVariant = {},
  ): Promise<HousingOutcome> {
    const [result] = await this.carryOut(tx, [withoutContext({ command, caller, origin, variant })]);
    if (result?.status !== 'fulfilled') throw result?.reason;
    return result.value;
  }

  /**
   * Carries out commands that build on each other in one unit of work: a later one sees the earlier ones.
   * @throws PartRefused with the first that is refused; the unit must not be committed then
   */
  async executeAllIn(
    tx: Tx,
    parts: readonly { readonly command: HousingCommand; readonly origin: HousingOrigin }[],
    caller: Caller,
  ): Promise<HousingOutcome[]> {
    const tasks = parts.map(({ command, origin }) => withoutContext({ command, caller, origin, variant: {} }));
    const results = await this.carryOut(tx, tasks);
    return results.map((result, index) => {
      if (result.status === 'fulfilled') return result.value;
      const part = parts[index];
      throw part && result.reason instanceof Refusal ? new PartRefused(part.command, result.reason) : result.reason;
    });
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

    checkMayAsk(command, caller, seen.clients, targetOf(command, seen.clients, seen.places));
    variant.condition?.(seen);
    const state: HousingState = { clients: seen.clients.map(({ ledger }) => ledger), places: seen.places };
    const context = this.contextFor(seen, caller, origin, identity);
    const decideIn = variant.decide ?? ((ledgers, within) => decide(command, ledgers, within));
    const { decision, subjects } = decideForStranger(command, caller, seen, (outside) => {
      const made = decideIn(state, { ...context, ...outside });
      return { decision: made, subjects: subjectsOf(made, seen, caller) };
    });
    snapshot.keep(decision, hash);
    this.tell(tx, decision, seen);
    const operation = origin.operation ?? recordHousingChange.subject;
    this.accessLog.record(tx, caller, 'update', operation, subjects, identity.entryId);
    return { changes: decision.changes, repeated: false };
  }

  private tell(tx: Tx, { changes, clients }: HousingDecision, seen: LoadedHousing): void {
    for (const change of changes) {
      const ledger = clients.find(({ clientId }) => clientId === change.clientId);
      const client = seen.clients.find(({ clientId }) => clientId === change.clientId);
      if (ledger === undefined || client === undefined) throw new Error('a change without its client');
      const { clientId: key, version } = change;
      const { relatedOrganisationIds, relatedClusterIds } = relationsWith(client, ledger);
      const related = {
        relatedOrganisationIds: [...relatedOrganisationIds],
        relatedClusterIds: [...relatedClusterIds],
      };
      const data = { ...toHousingSituationChanged(change, ledger), ...related, ...chainPresence(ledger.stays) };
      this.outbox.add(tx, housingSituationChanged, data, { key, version });
    }
  }

  private contextFor(
    seen: LoadedHousing,
    caller: Caller,
    { channel }: HousingOrigin,
    identity: RequestIdentity,
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

function withoutContext(task: HousingTask): GroupedTask<HousingTask> {
  return { task, inContext: (work) => work() };
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

/**
 * Runs a unit of work with housing commands.
 * @throws Refusal `idempotency-key-reused` where a key was used for another client before (its access-log entry exists)
 */
export async function onceOnly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDuplicateKey(error) ? Refusal.of('idempotency-key-reused') : error;
  }
}
