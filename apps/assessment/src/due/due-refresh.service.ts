import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DueZrm } from '#contracts/assessment/due.js';
import { zrmDueChanged, type ZrmDueChanged } from '#contracts/assessment/due-facts.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { DueClock } from '#deadlines/due-clock.js';
import type { Firing } from '#deadlines/firing.js';
import { Outbox } from '#messaging/outbox.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { type ClientRecord, ClientsRepository } from '../directory/clients.repository.js';
import { lastPresence } from '../directory/known-client.js';
import { clientDueOf } from './client-due.js';
import { advance, type DueAdvance, nextInstant, nothingTold, passOver } from './due-advance.js';
import { DueFactsService } from './due-facts.service.js';
import { dueHistory, settingsSpans } from './due-history.js';
import { planDue } from './due-plan.js';
import { DuePlansRepository, type DuePlanState } from './due-plans.repository.js';
import { DueSettingsRepository } from './due-settings.repository.js';
import { momentOf } from './moments.js';

/** Kind of due item: something may have to be told of a client's due dates. */
const REMINDER = 'zrm-reminder';

/** Identity of the one due item of a client: an operator who sees it learns of no client. */
function dueItemOf(clientId: string): string {
  const hash = createHash('sha256').update(`due dates of ${clientId}`).digest('hex').slice(0, 32);
  return `${REMINDER}|${hash}`;
}

/** What has to be told at an instant, and what is kept after it. */
interface Step {
  readonly plan: readonly DueZrm[];
  readonly client: ClientRecord;
  readonly told: readonly Pick<DueAdvance, 'send' | 'settle'>[];
  readonly after: Pick<DuePlanState, 'memory' | 'history' | 'nextAt' | 'settingsVersion'>;
}

/**
 * Keeps the due dates of every client in line with the facts, and tells what is due when its time comes (domain.md §4,
 * Reminders). MongoDB owns what went out and when to look next; what is due follows from the facts at that moment.
 */
@Injectable()
export class DueRefresh implements OnModuleInit {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly facts: DueFactsService,
    private readonly plans: DuePlansRepository,
    private readonly settings: DueSettingsRepository,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DueClock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(REMINDER, (firing) => this.fire(firing), { isOneUnit: true });
  }

  /**
   * To be called in the unit of work that changes a fact: a stay, a leave, a ZRM, a merge of records. Also brings the records
   * in line that the client's was merged into. Nobody is reminded here: that is done when the time has come.
   */
  async clientChanged(tx: Tx, clientId: string): Promise<void> {
    for (const record of await this.clients.recordsAbove(tx, clientId)) await this.refresh(tx, record);
  }

  /** Brings one client in line with the settings that hold, and with what is kept of them by now. */
  async settingsChanged(clientId: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.refresh(tx, clientId));
  }

  private async refresh(tx: Tx, clientId: string): Promise<void> {
    const before = await this.plans.find(clientId, tx);
    const now = this.clock.now();
    const step = await this.stepAt(tx, clientId, before, now, false);
    await this.keepOpen(tx, step);
    if (before ? isSame(before, step) : step.plan.length === 0) return;
    await this.keep(tx, clientId, before, step, now);
    const { nextAt } = step.after;
    if (nextAt?.getTime() === before?.nextAt?.getTime()) return;
    const id = dueItemOf(clientId);
    if (nextAt === null) await this.deadlines.cancel(tx, id);
    else await this.deadlines.schedule(tx, { id, kind: REMINDER, dueAt: nextAt, payload: { clientId } });
  }

  private async fire(firing: Firing): Promise<void> {
    const { clientId } = firing.item.payload;
    if (clientId === undefined) return;
    await this.unitOfWork.run(async (tx) => {
      const before = await this.plans.find(clientId, tx);
      const step = await this.stepAt(tx, clientId, before, firing.now, true);
      await this.keepOpen(tx, step);
      if (before) await this.keep(tx, clientId, before, step, firing.now);
      const { nextAt } = step.after;
      await (before && nextAt ? firing.again(tx, nextAt) : firing.done(tx));
    });
  }

  /** @param isFiring whether its time has come: otherwise only what is no longer waited for is told */
  private async stepAt(
    tx: Tx,
    clientId: string,
    before: DuePlanState | undefined,
    now: Date,
    isFiring: boolean,
  ): Promise<Step> {
    const { facts, client } = await this.facts.read(tx, clientId);
    const versions = await this.settings.all(tx);
    const { settings, version } = versions.at(-1) ?? noSettings();
    const plan = planDue(facts, settings);
    const told: DueAdvance[] = [];
    let memory = before?.memory ?? nothingTold;
    if (before && before.settingsVersion !== version) {
      // What was due by the settings of before goes out by them; what the new ones put into the past does not.
      const former = versions.find((one) => one.version === before.settingsVersion) ?? noSettings();
      told.push(advance(planDue(facts, former.settings), memory, now));
      memory = passOver(plan, told.at(-1)?.memory ?? memory, now);
    }
    const due = advance(plan, memory, now);
    const isSilent = !isFiring && due.send.length > 0;
    // Reminders wait for their firing: it goes by the time that all processes share, and one at a time.
    if (!isSilent) told.push(due);
    const kept = isSilent ? memory : due.memory;
    const nextAt = nextInstant(plan, kept, now) ?? null;
    // A firing changes no facts.
    const same = isFiring && before?.settingsVersion === version ? before.history : undefined;
    const history = same ?? dueHistory(facts, client.known.presence, settingsSpans(versions));
    return { plan, client, told, after: { memory: kept, history, nextAt, settingsVersion: version } };
  }

  /** Lists choose by what is waited for, so it stands with the client. */
  private async keepOpen(tx: Tx, { plan, client: { known, due: before, version } }: Step): Promise<void> {
    // A record of which only another one tells.
    if (version === 0) return;
    const due = clientDueOf(plan, lastPresence(known), known.leaves);
    if (JSON.stringify(due) !== JSON.stringify(before)) await this.clients.saveDue(tx, known.clientId, due);
  }

  private async keep(
    tx: Tx,
    clientId: string,
    before: DuePlanState | undefined,
    { client, told, after }: Step,
    now: Date,
  ): Promise<void> {
    let count = before?.told ?? 0;
    for (const data of told.flatMap((one) => factsOf(client, one, now))) {
      count += 1;
      this.outbox.add(tx, zrmDueChanged, { ...data, version: count }, { key: clientId, version: count });
    }
    await this.plans.save(tx, { clientId, ...after, told: count, version: before?.version ?? 0 });
  }
}

function noSettings(): never {
  throw new Error('there are no due settings of this version');
}

/** Whether there is nothing to tell and nothing else to keep. */
function isSame({ memory, history, nextAt, settingsVersion }: DuePlanState, { told, after }: Step): boolean {
  const isSilent = told.every(({ send, settle }) => send.length === 0 && settle.length === 0);
  return isSilent && JSON.stringify({ memory, history, nextAt, settingsVersion }) === JSON.stringify(after);
}

type Told = Omit<ZrmDueChanged, 'version'>;

function factsOf({ known }: ClientRecord, { send, settle }: Pick<DueAdvance, 'send' | 'settle'>, now: Date): Told[] {
  const { clientId } = known;
  const stays = lastPresence(known);
  const where = stays ? { clusterId: stays.clusterId, organisationId: stays.organisationId } : {};
  const base = { clientId, recordedAt: now.toISOString(), ...where };
  return [
    ...settle.map(({ dueId, kind, dueOn, settled }): Told => {
      return { ...base, change: 'settled', dueId, due: kind, dueOn, audience: [], because: settled };
    }),
    ...send.map(({ due, step }): Told => {
      const { dueId, kind, dueOn } = due;
      const reminder = { step: step.step, audience: [...step.audience] };
      return { ...base, change: momentOf(dueOn, now), dueId, due: kind, dueOn, ...reminder };
    }),
  ];
}
