import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { startOfDayInAmsterdam } from '#calendar/time-zone.js';
import { isCivilDate } from '#calendar/civil-date.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { type AbsenceState, CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { whoActsFor } from '../caseloads/replacement-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { type SettingsState, SettingsRepository } from '../rules/settings.repository.js';
import { DeliveryService } from './delivery.service.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { leaveToReplacement } from './sharing-rules.js';

const ABSENCE = 'absence';

/**
 * Brings what is open in the inbox of somebody who is away to whoever replaces them, when the absence begins (domain.md
 * §9). New meldingen go to the replacement from the start; these were there before.
 */
@Injectable()
export class ReplacementService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly caseloads: CaseloadsRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly settings: SettingsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(ABSENCE, (firing) => this.begin(firing));
  }

  /** Plans it for the start of the first day, at once when that is today; with the absence in one unit of work. */
  async plan(tx: Tx, { _id, from }: AbsenceState): Promise<void> {
    const dueAt = isCivilDate(from) ? startOfDayInAmsterdam(from) : this.clock.now();
    await this.deadlines.schedule(tx, { id: `${ABSENCE}|${_id}`, kind: ABSENCE, dueAt, payload: { absenceId: _id } });
  }

  async callOff(tx: Tx, { _id }: AbsenceState): Promise<void> {
    await this.deadlines.cancel(tx, `${ABSENCE}|${_id}`);
  }

  /**
   * Gives an open melding to whoever acts for its owner today. Returns whether it went: not when nobody is away, nobody
   * acts, or the replacement has all of it already.
   */
  async handOn(tx: Tx, melding: MeldingState, settings: SettingsState): Promise<boolean> {
    const acting = await this.actingFor(melding.personId);
    if (acting === undefined || melding.status !== 'open' || melding.stage === 2) return false;
    const from = { personId: melding.personId };
    if (!(await this.delivery.passOn(tx, melding, acting, 'replacement', settings, from))) return false;
    await this.delivery.save(tx, melding, leaveToReplacement(melding, acting, this.clock.now()));
    return true;
  }

  private async begin({ item }: Firing): Promise<void> {
    const { absenceId } = item.payload;
    const absence = absenceId === undefined ? null : await this.caseloads.findAbsence(absenceId);
    if (!absence || absence.cancelled) return;
    const settings = await this.settings.settings();
    const open = (await this.meldingen.alive([absence.personId])).filter(({ status }) => status === 'open');
    for (const { _id } of open) {
      await this.unitOfWork.run(async (tx) => {
        const melding = await this.meldingen.find(_id, tx);
        if (melding) await this.handOn(tx, melding, settings);
      });
    }
  }

  /** Who acts for somebody today; undefined when they are there themselves, or nobody does. */
  private async actingFor(personId: string): Promise<string | undefined> {
    const absences = await this.caseloads.current(this.clock.today());
    if (!absences.some((absence) => absence.personId === personId)) return undefined;
    const ids = absences.flatMap((absence) => [absence.personId, absence.replacementPersonId]);
    const acting = whoActsFor({ absences, people: await this.responsibilities.people(ids) }, personId)?.personId;
    return acting === personId ? undefined : acting;
  }
}
