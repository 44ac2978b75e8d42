import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { Clock, WallClock } from '#calendar/clock.js';
import type { MeldingUrgency } from '#contracts/notifications/codes.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { DueItem } from '#deadlines/due-item.js';
import type { Firing } from '#deadlines/firing.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { Metrics } from '#platform/metrics.js';
import { MeldingenRepository } from '../meldingen/meldingen.repository.js';
import { type MailContent, mailText } from './mail-text.js';
import { isRefusedForGood, Mailer } from './mailer.js';
import { PreferencesRepository, type PreferencesState } from './preferences.repository.js';
import { mailMoment } from './quiet-hours-rules.js';

const MAIL = 'mail';
/** A unit of work that began before a bundle closed may still commit after it. */
const CLOSING_MS = 2_000;

/**
 * How long an attempt has the person to itself: longer than the mail server is given to answer. Whoever dies in the middle
 * holds the next attempt up for so long.
 */
const LEASE_MS = 2 * 60_000;
/** How soon it is looked at again whether the attempt of another process ended. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Decides when somebody is mailed and does it: one attempt at a time, over all processes. At least once, because a mail
 * server may take a mail and never say so; that attempt and the next one carry the same Message-ID.
 */
@Injectable()
export class MailService implements OnModuleInit {
  private readonly sent: Counter;
  private readonly failures: Counter;

  constructor(
    private readonly preferences: PreferencesRepository,
    private readonly meldingen: MeldingenRepository,
    private readonly deadlines: Deadlines,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly wall: WallClock,
    private readonly unitOfWork: UnitOfWork,
    metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.sent = new Counter({
      name: 'doorstroom_mails_sent_total',
      help: 'E-mails taken by the mail server',
      registers,
    });
    this.failures = new Counter({ name: 'doorstroom_mails_failed_total', help: 'Attempts that failed', registers });
    new Gauge({
      name: 'doorstroom_mail_addresses_failing',
      help: 'People whose last e-mail could not be delivered',
      registers,
      async collect() {
        this.set(await preferences.countFailing());
      },
    });
  }

  onModuleInit(): void {
    this.deadlines.handle(MAIL, (firing) => this.deliver(firing));
  }

  /** What people wish, for {@link plan}; empty while no mail is sent at all. */
  async wishesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, PreferencesState>> {
    return this.mailer.isAvailable && personIds.length > 0 ? this.preferences.findMany(personIds) : new Map();
  }

  /**
   * Plans a mail about a melding in the unit of work that changes the melding; several share one mail.
   * @param known what the person wished a moment ago; what they wish when the mail is sent decides
   */
  async plan(
    tx: Tx,
    personId: string,
    urgency: MeldingUrgency,
    bundleSeconds: number,
    known?: PreferencesState,
  ): Promise<void> {
    if (!this.mailer.isAvailable) return;
    const wishes = known ?? (await this.preferences.find(personId, tx));
    if (wishes.address === null) return;
    let from = this.clock.now();
    // Two bundles at most: the present one, or the next when the present one already went out.
    for (let tries = 0; tries < 2; tries += 1) {
      const moment = mailMoment(wishes, urgency, from, bundleSeconds);
      if (!moment) return;
      const id = `${MAIL}|${personId}|${moment.kind}|${moment.at.toISOString()}`;
      const known = await this.deadlines.find(id, tx);
      if (known?.state === 'waiting') return;
      if (!known) {
        const dueAt = new Date(moment.at.getTime() + CLOSING_MS);
        const payload = { personId, kind: moment.kind, closesAt: dueAt.toISOString() };
        await this.deadlines.schedule(tx, { id, kind: MAIL, dueAt, payload });
        return;
      }
      from = moment.at;
    }
  }

  /** One mail to a person at a time, whoever sends it: the next sees that what it would tell was told. */
  private async deliver(firing: Firing): Promise<void> {
    const { item } = firing;
    const { personId } = item.payload;
    if (personId === undefined) return;
    const now = this.clock.now();
    const began = this.wall.now();
    const claim = { token: uuidv7(), until: new Date(began.getTime() + LEASE_MS), identity: item._id };
    const wishes = await this.preferences.claimMailing(personId, claim, began);
    if ('heldUntil' in wishes) {
      const waitMs = Math.min(wishes.heldUntil.getTime() - began.getTime(), LOOK_AGAIN_MS);
      await this.unitOfWork.run((tx) => firing.after(tx, waitMs));
      return;
    }
    const content = await this.contentFor(wishes, item);
    if (wishes.address === null || content === undefined) {
      await this.preferences.releaseMailing(personId, claim.token);
      return;
    }
    try {
      await this.mailer.send(wishes.address, mailText(wishes.language, content), wishes.mailing?.identity ?? item._id);
    } catch (error) {
      this.failures.inc();
      await this.preferences.noteFailing(personId, claim.token, now);
      // The address is wrong, and stays so until its owner mends it: the failure shows, the next melding tries again.
      if (isRefusedForGood(error)) return;
      throw error;
    }
    this.sent.inc();
    await this.preferences.noteMailed(personId, now);
  }

  /** What there is to say; undefined when it was switched off, read in the app meanwhile, or told by a later mail. */
  private async contentFor(wishes: PreferencesState, item: DueItem): Promise<MailContent | undefined> {
    if (wishes.address === null || wishes.mode === 'off') return undefined;
    // A later mail told everything that was unread then. After an outage one mail says it all, not one per bundle.
    const { closesAt } = item.payload;
    const closed = closesAt === undefined ? item.dueAt : new Date(closesAt);
    if (wishes.mailedAt && wishes.mailedAt >= closed) return undefined;
    const open = (await this.meldingen.alive([wishes._id])).filter(({ status }) => status === 'open');
    const now = this.clock.now();
    const late = open.filter(
      ({ stage, acknowledgeBy }) => stage > 0 || (acknowledgeBy !== null && acknowledgeBy < now),
    ).length;
    const unread = open.filter(({ read }) => !read).length;
    if (unread === 0 && late === 0) return undefined;
    return { unread, late, inboxUrl: this.mailer.inboxUrl, digest: item.payload['kind'] === 'digest' };
  }
}
