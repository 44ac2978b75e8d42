import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Clock } from '#calendar/clock.js';
import { type MeldingBecause, UNASSIGNED } from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Metrics } from '#platform/metrics.js';
import { MailService } from '../channels/mail.service.js';
import type { PreferencesState } from '../channels/preferences.repository.js';
import { dutiesOf } from '../rules/duty-rules.js';
import type { Happening } from '../rules/happening.js';
import type { Recipient } from '../rules/recipient-rules.js';
import type { SettingsState } from '../rules/settings.repository.js';
import { meldingIdOf, partIdOf } from './identity.js';
import { LiveHints } from './live-hints.js';
import { nextStep } from './clock-rules.js';
import { addPart, receive, takesParts } from './part-rules.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';

/** Kind of due item that lets something happen to a melding by itself. */
export const MELDING_STEP = 'melding';

/** Identity of the one due item of a melding. */
function dueIdOf(meldingId: string): string {
  return `${MELDING_STEP}|${meldingId}`;
}

/** What was seen of an inbox before the unit of work that writes to it: each write is guarded by it. */
export interface InboxSeen {
  /** The newest melding there about the client. */
  latest: MeldingState | undefined;
  /** Absent while no mail is sent at all. */
  wishes: PreferencesState | undefined;
}

/** Writes meldingen into inboxes: each event once per recipient, whatever is delivered again or at the same time. */
@Injectable()
export class DeliveryService {
  private readonly parts: Counter<'urgency'>;

  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly deadlines: Deadlines,
    private readonly mail: MailService,
    private readonly hints: LiveHints,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.parts = new Counter({
      name: 'doorstroom_melding_parts_total',
      help: 'Parts of meldingen delivered to inboxes',
      labelNames: ['urgency'],
      registers: [metrics.registry],
    });
  }

  /** Looks at the inboxes of people before the unit of work begins that writes to them, in all of them at once. */
  async look(clientId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, InboxSeen>> {
    const [wishes, ...inboxes] = await Promise.all([
      this.mail.wishesOf(personIds),
      ...personIds.map(async (personId) => ({ personId, latest: await this.meldingen.latest(personId, clientId) })),
    ]);
    return new Map(inboxes.map(({ personId, latest }) => [personId, { latest, wishes: wishes.get(personId) }]));
  }

  /**
   * Delivers an event that has its first turn: nobody can have it yet.
   * @param inboxes as they were seen in this attempt at the unit of work; one that is not among them, or that the unit itself
   * wrote to, is looked at here
   */
  async deliverNew(
    tx: Tx,
    happening: Happening,
    recipients: readonly Recipient[],
    settings: SettingsState,
    inboxes: ReadonlyMap<string, InboxSeen> = new Map(),
  ): Promise<void> {
    for (const recipient of recipients) {
      const { personId } = recipient;
      await this.deliverPart(
        tx,
        happening.clientId,
        partOf(happening, recipient),
        personId,
        settings,
        inboxes.get(personId),
      );
    }
  }

  /** Delivers an event of before to its recipients; who has it already gets nothing. */
  async deliver(
    tx: Tx,
    happening: Happening,
    recipients: readonly Recipient[],
    settings: SettingsState,
  ): Promise<void> {
    if (recipients.length === 0) return;
    const holders = await this.meldingen.holders([happening.eventId], tx);
    const missing = recipients.filter((one) => !holders.some(({ personId }) => personId === one.personId));
    await this.deliverNew(tx, happening, missing, settings);
  }

  /**
   * Gives the parts of a melding to somebody else, who has them from now on; parts that they have already stay out, unless a
   * colleague hands them over: that asks for something of theirs too, and comes with its note.
   * Returns whether there was anything to give.
   */
  async passOn(
    tx: Tx,
    melding: MeldingState,
    toPersonId: string,
    because: MeldingBecause,
    settings: SettingsState,
    from?: { personId: string; note?: string },
  ): Promise<boolean> {
    const had = because === 'handed-over' ? new Set<string>() : await this.hadBy(tx, melding, toPersonId);
    const becauseOf = from ? [from.personId] : [];
    const parts = melding.parts
      .filter(({ eventId }) => !had.has(eventId))
      .map((part) => ({
        ...part,
        partId: partIdOf(part.eventId, toPersonId),
        because,
        becauseOf,
        duties: [...dutiesOf(part)],
      }));
    if (parts.length === 0) return false;
    await this.begin(tx, toPersonId, melding.clientId, parts, settings, from ?? null);
    return true;
  }

  /** Saves a changed melding with what follows from it: its next step, and a hint to open pages. */
  async save(tx: Tx, before: MeldingState, after: MeldingState): Promise<void> {
    if (after === before) return;
    await this.meldingen.save(tx, before, after);
    await this.planStep(tx, before, after);
    this.hints.afterCommit(tx, after);
  }

  /** Which events of a melding somebody has in their own inbox. */
  private async hadBy(tx: Tx, { parts }: MeldingState, toPersonId: string): Promise<ReadonlySet<string>> {
    const holders = await this.meldingen.holders(
      parts.map(({ eventId }) => eventId),
      tx,
    );
    const theirs = holders
      // Whoever handed it over has nothing to do with it any more, until it is handed back.
      .filter(({ personId, status }) => personId === toPersonId && status !== 'handed-over');
    return new Set(theirs.flatMap(({ eventIds }) => eventIds));
  }

  private async deliverPart(
    tx: Tx,
    clientId: string,
    part: MeldingPart,
    personId: string,
    settings: SettingsState,
    seen: InboxSeen | undefined,
  ): Promise<void> {
    const now = this.clock.now();
    const isOld = this.meldingen.hasWritten(tx, personId, clientId);
    const { latest, wishes } = seen && !isOld ? seen : await this.seenNow(tx, personId, clientId);
    tx.afterCommit(() => this.parts.inc({ urgency: part.urgency }));
    if (!latest || !takesParts(latest, now, settings)) {
      await this.begin(tx, personId, clientId, [part], settings, null, { latest, wishes });
      return;
    }
    const after = addPart(latest, part, now, settings);
    await this.save(tx, latest, after);
    // Somebody who has not read it yet was told already.
    if (latest.read || after.urgency !== latest.urgency) {
      await this.mail.plan(tx, personId, after.urgency, settings.mailBundleSeconds, wishes);
    }
  }

  private async seenNow(tx: Tx, personId: string, clientId: string): Promise<InboxSeen> {
    return { latest: await this.meldingen.latest(personId, clientId, tx), wishes: undefined };
  }

  private async begin(
    tx: Tx,
    personId: string,
    clientId: string,
    parts: readonly MeldingPart[],
    settings: SettingsState,
    receivedFrom: MeldingState['receivedFrom'],
    seen?: InboxSeen,
  ): Promise<void> {
    const { latest, wishes } = seen ?? (await this.seenNow(tx, personId, clientId));
    const number = (latest?.number ?? 0) + 1;
    const identity = { _id: meldingIdOf(personId, clientId, number), personId, clientId, number };
    const melding = receive(identity, parts, this.clock.now(), settings, receivedFrom);
    await this.meldingen.insert(tx, melding);
    await this.planStep(tx, undefined, melding);
    this.hints.afterCommit(tx, melding);
    if (personId === UNASSIGNED) return;
    await this.mail.plan(tx, personId, melding.urgency, settings.mailBundleSeconds, wishes);
  }

  private async planStep(tx: Tx, before: MeldingState | undefined, after: MeldingState): Promise<void> {
    const was = before && nextStep(before);
    const next = nextStep(after);
    if (was?.at.getTime() === next?.at.getTime() && was?.step === next?.step) return;
    const id = dueIdOf(after._id);
    if (!next) await this.deadlines.cancel(tx, id);
    else {
      const request = { id, kind: MELDING_STEP, dueAt: next.at, payload: { meldingId: after._id } };
      await (before ? this.deadlines.schedule(tx, request) : this.deadlines.add(tx, request));
    }
  }
}

function partOf(happening: Happening, recipient: Recipient): MeldingPart {
  const { clientId: _clientId, ...facts } = happening;
  const { personId, ruleId, ruleName, urgency, expectedAction, because, becauseOf, duties } = recipient;
  return {
    partId: partIdOf(happening.eventId, personId),
    ...facts,
    ruleId,
    ...(ruleName ? { ruleName } : {}),
    urgency,
    expectedAction,
    because,
    becauseOf,
    duties,
  };
}

/** The event that a part tells of, as a rule sees it. */
export function happeningOf(clientId: string, part: MeldingPart): Happening {
  const { partId: _p, ruleId: _r, urgency: _u, expectedAction: _e, because: _b, becauseOf: _o, ...rest } = part;
  const { duties: _d, ruleName: _n, ...facts } = rest;
  return { clientId, ...facts };
}
