import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { whoActsFor } from '../caseloads/replacement-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import type { SettingsState } from '../rules/settings.repository.js';
import { DeliveryService } from './delivery.service.js';
import type { MeldingState } from './melding-state.js';
import { leaveToReplacement } from './sharing-rules.js';

/**
 * What asks for attention while its owner is away goes to whoever replaces them (domain.md §9). New meldingen do so from
 * the start, and the replacement sees the owner's inbox; this is for those that were there before, when their reminder or
 * the end of their snooze comes.
 */
@Injectable()
export class ReplacementService {
  constructor(
    private readonly caseloads: CaseloadsRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly delivery: DeliveryService,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives an open melding to whoever acts for its owner today. Returns whether it went: not when nobody is away, nobody
   * acts, or the replacement has all of it already.
   */
  async handOn(tx: Tx, melding: MeldingState, settings: SettingsState): Promise<boolean> {
    const acting = await this.actingFor(melding.personId);
    if (acting === undefined || melding.status !== 'open') return false;
    const from = { personId: melding.personId };
    if (!(await this.delivery.passOn(tx, melding, acting, 'replacement', settings, from))) return false;
    await this.delivery.save(tx, melding, leaveToReplacement(melding, acting, this.clock.now()));
    return true;
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
