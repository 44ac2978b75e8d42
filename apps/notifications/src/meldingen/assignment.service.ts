import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Clock } from '#calendar/clock.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { Metrics } from '#platform/metrics.js';
import { clustersOf } from '../rules/duty-rules.js';
import { decideRecipients, type Recipient } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { RulesRepository } from '../rules/rules.repository.js';
import { type SettingsState, SettingsRepository } from '../rules/settings.repository.js';
import { DeliveryService, happeningOf } from './delivery.service.js';
import { handOver } from './act-rules.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';

const BATCH = 100;
/** Several changes of caseloads come together; one look serves them all. */
const SOON_MS = 50;
/** Another process may have changed what makes an assignment possible. */
const INTERVAL_MS = 30_000;

/** Brings what nobody was responsible for to its recipient, as soon as there is one. */
@Injectable()
export class AssignmentService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AssignmentService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopping = false;

  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly settings: SettingsRepository,
    private readonly rules: RulesRepository,
    private readonly delivery: DeliveryService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    new Gauge({
      name: 'doorstroom_meldingen_unassigned',
      help: 'Meldingen that nobody is responsible for',
      registers: [metrics.registry],
      async collect() {
        this.set(await meldingen.count(UNASSIGNED, 'open'));
      },
    });
  }

  onApplicationBootstrap(): void {
    this.plan(INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Looks again shortly; called after every change of who is responsible. */
  soon(): void {
    if (this.running) this.again = true;
    else this.plan(SOON_MS);
  }

  /** Assigns everything that has a recipient now. */
  async assignAll(): Promise<void> {
    let after: { at: Date; id: string } | undefined;
    for (;;) {
      const waiting = await this.meldingen.list({ personId: UNASSIGNED, status: 'open' }, after, BATCH);
      if (waiting.length === 0 || this.stopping) return;
      const [settings, rules] = await Promise.all([this.settings.settings(), this.rules.rules()]);
      for (const melding of waiting) await this.assign(melding, rules, settings);
      const last = waiting.at(-1);
      if (!last || waiting.length < BATCH) return;
      after = { at: last.lastPartAt, id: last._id };
    }
  }

  private async assign(
    found: MeldingState,
    rules: readonly NotificationRule[],
    settings: SettingsState,
  ): Promise<void> {
    const about = found.parts.flatMap(clustersOf);
    const situation = await this.responsibilities.read(found.clientId, about, settings);
    await this.unitOfWork.run(async (tx) => {
      const melding = await this.meldingen.find(found._id, tx);
      if (melding?.status !== 'open') return;
      const persons = new Set<string>();
      for (const part of melding.parts) {
        const happening = happeningOf(melding.clientId, part);
        const all = decideRecipients(rules, happening, situation);
        const asked = all.filter(isFor(part.ruleId));
        // The rule may be gone or say something else by now: then whoever is reached by any; who has it gets nothing.
        const recipients = asked.length > 0 ? asked : all;
        if (recipients.some(({ personId }) => personId === UNASSIGNED)) return;
        await this.delivery.deliver(tx, happening, recipients, settings);
        for (const { personId } of recipients) persons.add(personId);
      }
      if (persons.size === 0) return;
      await this.delivery.save(tx, melding, handOver(melding, [...persons], 'system', this.clock.now()));
    });
  }

  private plan(ms: number): void {
    clearTimeout(this.timer);
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.running = this.run().finally(() => {
        this.running = undefined;
        this.plan(this.again ? SOON_MS : INTERVAL_MS);
        this.again = false;
      });
    }, ms);
  }

  private async run(): Promise<void> {
    try {
      await this.assignAll();
    } catch (error) {
      this.logger.warn(`assigning waits: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Who the rule reaches that once reached nobody; others got theirs when the event came. */
function isFor(ruleId: string): (recipient: Recipient) => boolean {
  return (recipient) => recipient.ruleId === ruleId;
}
