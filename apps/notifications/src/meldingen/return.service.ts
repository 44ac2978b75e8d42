import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { type AbsenceState, CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { whoActsFor } from '../caseloads/replacement-rules.js';
import { MailService } from '../channels/mail.service.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { type SettingsState, SettingsRepository } from '../rules/settings.repository.js';
import { returned } from './act-rules.js';
import { DeliveryService } from './delivery.service.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { comeBack, partsOfReplaced } from './return-rules.js';

/** Kind of due item at the end of an absence. */
const ABSENCE_OVER = 'absence-over';
/** Twice: a change whose recipients were looked up just before the end may be stored just after it. */
const LOOKS_MS = [0, 90_000];

/**
 * After an absence, what the replacement did not deal with goes to who acts for its owner now: mostly the owner. Without
 * anybody it stays where it is, with its reminder: it is never with nobody (domain.md §9).
 */
@Injectable()
export class ReturnService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly caseloads: CaseloadsRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly mail: MailService,
    private readonly settings: SettingsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(ABSENCE_OVER, async ({ item }) => {
      const absence = await this.caseloads.findAbsence(item.payload['absenceId'] ?? '');
      if (absence) await this.bringBack(absence);
    });
  }

  /** Plans the return in the unit of work that makes an absence, or gives it another end. @param end its first instant */
  async plan(tx: Tx, absenceId: string, end: Date): Promise<void> {
    for (const ms of LOOKS_MS) {
      const dueAt = new Date(end.getTime() + ms);
      const id = `${ABSENCE_OVER}|${absenceId}|${ms}`;
      await this.deadlines.schedule(tx, { id, kind: ABSENCE_OVER, dueAt, payload: { absenceId } });
    }
  }

  private async bringBack({ replacementPersonId, from }: AbsenceState): Promise<void> {
    // Also those who replaced the replacement, or came after them.
    const others = (await this.caseloads.absencesUntil(from)).map((absence) => absence.replacementPersonId);
    const holding = await this.meldingen.replacing([...new Set([replacementPersonId, ...others])]);
    const settings = await this.settings.settings();
    for (const { _id } of holding) await this.returnOne(_id, settings);
  }

  private async returnOne(meldingId: string, settings: SettingsState): Promise<void> {
    const absences = await this.caseloads.current(this.clock.today());
    const ids = absences.flatMap(({ personId, replacementPersonId }) => [personId, replacementPersonId]);
    await this.unitOfWork.run(async (tx) => {
      const melding = await this.meldingen.find(meldingId, tx);
      if (!melding) return;
      const byOwner = partsOfReplaced(melding);
      const people = await this.responsibilities.people([...ids, ...byOwner.keys()]);
      const gone: string[] = [];
      let left = melding.parts.length;
      for (const [owner, parts] of byOwner) {
        const to = whoActsFor({ absences, people }, owner)?.personId;
        if (to === undefined || to === melding.personId) continue;
        const isBack = to === owner;
        const giver = { personId: isBack ? melding.personId : owner };
        const because = isBack ? 'absence-over' : 'replacement';
        await this.delivery.passOn(tx, { ...melding, parts }, to, because, settings, giver);
        if (isBack) await this.wakeUp(tx, { ...melding, parts }, owner, settings);
        gone.push(to);
        left -= parts.length;
      }
      const [to] = gone;
      // With a change of their own in it, it stays theirs too.
      if (to === undefined || left > 0) return;
      await this.delivery.save(tx, melding, returned(melding, to, 'system', this.clock.now()));
    });
  }

  /** The meldingen that the owner had before the absence, and that waited with the replacement. */
  private async wakeUp(tx: Tx, held: MeldingState, owner: string, settings: SettingsState): Promise<void> {
    const eventIds = held.parts.map(({ eventId }) => eventId);
    for (const before of await this.meldingen.telling(eventIds, tx)) {
      if (before.personId !== owner) continue;
      const after = comeBack(before, held.personId, this.clock.now(), settings);
      if (after === before) continue;
      await this.delivery.save(tx, before, after);
      await this.mail.plan(tx, owner, after.urgency, settings.mailBundleSeconds);
    }
  }
}
