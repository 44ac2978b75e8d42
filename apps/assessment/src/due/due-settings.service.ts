import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { DueSettingsHistory, DueSettingsInForce, UpdateDueSettings } from '#contracts/assessment/due.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { DuePlansRepository } from './due-plans.repository.js';
import { DueRefresh } from './due-refresh.service.js';
import { changedSettings } from './due-settings-rules.js';
import { type DueSettingsState, DueSettingsRepository, type ReplanningState } from './due-settings.repository.js';

/** Kind of due item: the next clients get a plan by the settings that hold. */
const REPLAN = 'zrm-replan';
/** Clients per firing: some seconds of work at most, well within the time that a process has a due item for itself. */
const BATCH = 100;
/** A unit of work that began by the settings of before may end later; no transaction lives longer. */
const LOOK_AGAIN_MS = 90_000;

/** The settings of the region for due dates and reminders, and the plans of all clients that follow from them. */
@Injectable()
export class DueSettingsService implements OnModuleInit {
  private readonly logger = new Logger(DueSettingsService.name);

  constructor(
    private readonly settings: DueSettingsRepository,
    private readonly plans: DuePlansRepository,
    private readonly refresh: DueRefresh,
    private readonly deadlines: Deadlines,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(REPLAN, (firing) => this.replanSome(firing));
  }

  async get(): Promise<DueSettingsInForce> {
    const [current, replanning] = await Promise.all([this.settings.current(), this.settings.replanning()]);
    return inForce(current, replanning);
  }

  async history(): Promise<DueSettingsHistory> {
    const items = await this.settings.history();
    return {
      items: items.map(({ settings, version, changedAt, changedBy }) => {
        return { settings, version, changedAt: changedAt.toISOString(), changedBy };
      }),
    };
  }

  /** @throws Refusal `stale-version`, and as `changedSettings` */
  async update(caller: Caller, command: UpdateDueSettings): Promise<DueSettingsInForce> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.settings.current(tx);
      const { expectedVersion: expected } = command;
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      const settings = changedSettings(before.settings, command);
      const now = this.clock.now();
      const version = before.version + 1;
      const after = { version, settings, changedBy: caller.personId, changedAt: now };
      await this.settings.add(tx, after);
      const total = await this.plans.countOther(version, tx);
      const replanning = { settingsVersion: version, total, done: 0, startedAt: now, finishedAt: null, after: null };
      await this.settings.saveReplanning(tx, replanning);
      await this.deadlines.schedule(tx, { id: REPLAN, kind: REPLAN, dueAt: now, payload: {} });
      return inForce(after, replanning);
    });
  }

  /** Plans one batch anew, each client in a unit of work of its own, and notes how far it is. */
  private async replanSome(firing: Firing): Promise<void> {
    const state = await this.settings.replanning();
    if (!state) return;
    const clients = await this.plans.outdated(state.settingsVersion, state.after, BATCH);
    let done = 0;
    for (const clientId of clients) {
      try {
        await this.refresh.settingsChanged(clientId);
        done += 1;
      } catch (error) {
        // One client must not hold up the others; the next round tries again, and the progress shows it.
        this.logger.warn(`a plan could not be made anew: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    await this.unitOfWork.run(async (tx) => {
      const current = await this.settings.replanning(tx);
      // Other settings came meanwhile: they began anew.
      if (current?.settingsVersion !== state.settingsVersion) return;
      const total = Math.max(current.total, current.done + done);
      const progress = { ...current, total, done: current.done + done };
      const last = clients.at(-1);
      if (last !== undefined) {
        await this.settings.saveReplanning(tx, { ...progress, after: last });
        await firing.again(tx, firing.now);
        return;
      }
      const isOver = (await this.plans.outdated(state.settingsVersion, null, 1)).length === 0;
      const isQuiet = firing.now.getTime() - state.startedAt.getTime() >= LOOK_AGAIN_MS;
      const finishedAt = isOver ? (current.finishedAt ?? firing.now) : null;
      await this.settings.saveReplanning(tx, { ...progress, after: null, finishedAt });
      await (isOver && isQuiet ? firing.done(tx) : firing.after(tx, LOOK_AGAIN_MS));
    });
  }
}

function inForce(
  { settings, version, changedAt, changedBy }: DueSettingsState,
  replanning: ReplanningState | undefined,
): DueSettingsInForce {
  const { total = 0, done = 0, startedAt, finishedAt } = replanning ?? {};
  return {
    settings,
    version,
    ...(version === 0 ? {} : { changedAt: changedAt.toISOString(), changedBy }),
    ...(startedAt
      ? {
          replanning: {
            total,
            done,
            startedAt: startedAt.toISOString(),
            ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
          },
        }
      : {}),
  };
}
