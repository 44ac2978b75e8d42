import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Clock } from '#calendar/clock.js';
import type { MeldingUrgency } from '#contracts/notifications/codes.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { DueItem } from '#deadlines/due-item.js';
import type { Firing } from '#deadlines/firing.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Metrics } from '#platform/metrics.js';
import { MeldingenRepository } from '../meldingen/meldingen.repository.js';
import { mailText } from './mail-text.js';
import { isRefusedForGood, Mailer } from './mailer.js';
import { PreferencesRepository } from './preferences.repository.js';
import { mailMoment } from './quiet-hours-rules.js';

const MAIL = 'mail';
/** A unit of work that began before a bundle closed may still commit after it. */
const CLOSING_MS = 2_000;

/** Decides when somebody is mailed and does it: at least once, each bundle under its own Message-ID. */
@Injectable()
export class MailService implements OnModuleInit {
  private readonly sent: Counter;
  private readonly failures: Counter;
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly preferences: PreferencesRepository,
    private readonly meldingen: MeldingenRepository,
    private readonly deadlines: Deadlines,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
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

  /** Plans a mail about a melding in the unit of work that changes the melding; several share one mail. */
  async plan(tx: Tx, personId: string, urgency: MeldingUrgency, bundleSeconds: number): Promise<void> {
    if (!this.mailer.isAvailable) return;
    const wishes = await this.preferences.find(personId, tx);
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
        await this.deadlines.schedule(tx, { id, kind: MAIL, dueAt, payload: { personId, kind: moment.kind } });
        return;
      }
      from = moment.at;
    }
  }

  /** One mail to a person at a time: the next sees that what it would tell was told. */
  private async deliver({ item }: Firing): Promise<void> {
    const { personId } = item.payload;
    if (personId === undefined) return;
    const before = this.underWay.get(personId) ?? Promise.resolve();
    const mine = before.then(() => this.deliverTo(personId, item));
    const ended = mine.catch(() => undefined);
    this.underWay.set(personId, ended);
    try {
      await mine;
    } finally {
      if (this.underWay.get(personId) === ended) this.underWay.delete(personId);
    }
  }

  private async deliverTo(personId: string, item: DueItem): Promise<void> {
    const { kind } = item.payload;
    const wishes = await this.preferences.find(personId);
    // Switched off, or read in the app meanwhile: nothing to say.
    if (wishes.address === null || wishes.mode === 'off') return;
    // A later mail told everything that was unread then. After an outage one mail says it all, not one per bundle.
    if (wishes.mailedAt && wishes.mailedAt >= item.dueAt) return;
    const open = (await this.meldingen.alive([personId])).filter(({ status }) => status === 'open');
    const now = this.clock.now();
    const late = open.filter(
      ({ stage, acknowledgeBy }) => stage > 0 || (acknowledgeBy !== null && acknowledgeBy < now),
    );
    const unread = open.filter(({ read }) => !read).length;
    if (unread === 0 && late.length === 0) return;
    const content = { unread, late: late.length, inboxUrl: this.mailer.inboxUrl, digest: kind === 'digest' };
    try {
      await this.mailer.send(wishes.address, mailText(wishes.language, content), item._id);
    } catch (error) {
      this.failures.inc();
      await this.preferences.noteFailing(personId, now);
      // The address is wrong, and stays so until its owner mends it: the failure shows, the next melding tries again.
      if (isRefusedForGood(error)) return;
      throw error;
    }
    this.sent.inc();
    await this.preferences.noteMailed(personId, now);
  }
}
