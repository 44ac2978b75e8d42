import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { MailService } from '../channels/mail.service.js';
import { clustersOf } from '../rules/duty-rules.js';
import { decideEscalation } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { type SettingsState, SettingsRepository } from '../rules/settings.repository.js';
import { DeliveryService, MELDING_STEP } from './delivery.service.js';
import { escalate, nextStep, remind, wake } from './clock-rules.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { ReplacementService } from './replacement.service.js';

/** What happens to meldingen by itself: the end of a snooze, the reminder, going further (domain.md §9). */
@Injectable()
export class StepsService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly replacement: ReplacementService,
    private readonly mail: MailService,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly settings: SettingsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(MELDING_STEP, (firing) => this.step(firing));
  }

  private async step(firing: Firing): Promise<void> {
    const { meldingId } = firing.item.payload;
    const settings = await this.settings.settings();
    await this.unitOfWork.run(async (tx) => {
      const melding = meldingId === undefined ? null : await this.meldingen.find(meldingId, tx);
      const due = melding && nextStep(melding);
      // Ended first: what follows makes a new due date, and makes the item wait anew.
      await firing.done(tx);
      // By the time that woke it: this machine's clock may be behind.
      if (!due || due.at > firing.now) return;
      await this.take(tx, melding, due.step, settings);
    });
  }

  private async take(
    tx: Tx,
    melding: MeldingState,
    step: 'wake' | 'remind' | 'escalate',
    settings: SettingsState,
  ): Promise<void> {
    const now = this.clock.now();
    if (step === 'escalate') {
      await this.goFurther(tx, melding, settings);
      return;
    }
    const after = step === 'wake' ? wake(melding, now, settings) : remind(melding, now, settings);
    await this.delivery.save(tx, melding, after);
    // Somebody who is away is not reminded: whoever replaces them gets it.
    if (await this.replacement.handOn(tx, after, settings)) return;
    await this.mail.plan(tx, melding.personId, melding.urgency, settings.mailBundleSeconds);
  }

  private async goFurther(tx: Tx, melding: MeldingState, settings: SettingsState): Promise<void> {
    const clusterIds = melding.parts.flatMap(clustersOf);
    const situation = await this.responsibilities.read(melding.clientId, clusterIds, settings);
    const eventIds = melding.parts.map(({ eventId }) => eventId);
    const holders = new Set(
      (await this.meldingen.holders(eventIds, tx))
        .filter((holder) => eventIds.every((id) => holder.eventIds.includes(id)))
        .map(({ personId }) => personId),
    );
    const to = decideEscalation(settings.escalateTo, clusterIds, holders, situation);
    for (const personId of to) {
      await this.delivery.passOn(tx, melding, personId, 'escalation', settings, { personId: melding.personId });
    }
    await this.delivery.save(tx, melding, escalate(melding, to, this.clock.now()));
  }
}
