import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { MailService } from '../channels/mail.service.js';
import type { SettingsState } from '../rules/settings.repository.js';
import { DeliveryService } from './delivery.service.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { bringIn, pickUpsFor } from './sharing-rules.js';

/** Colleagues who share a client each have a melding of a change: lets the others know that one took it up. */
@Injectable()
export class SharingService {
  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly mail: MailService,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings the meldingen of colleagues in line with ones that were just acknowledged or reopened, in the same unit of
   * work: both write the melding of the other, so of two colleagues who acknowledge at the same moment one is first.
   * @param done the meldingen as they are now
   * @param by who did it
   */
  async tellColleagues(tx: Tx, done: readonly MeldingState[], by: string, settings: SettingsState): Promise<void> {
    const own = new Map(done.map((melding) => [melding._id, melding]));
    const eventIds = eventsOf(done);
    if (eventIds.size === 0) return;
    const sharing = await this.meldingen.telling([...eventIds], tx);
    const others = sharing.filter(({ _id }) => !own.has(_id));
    // A colleague's melding may tell of more changes than these, that others again acknowledged.
    const more = [...eventsOf(others)].filter((eventId) => !eventIds.has(eventId));
    const further = more.length === 0 ? [] : await this.meldingen.telling(more, tx);
    const holders = [...unique([...sharing, ...further]).filter(({ _id }) => !own.has(_id)), ...done];
    const now = this.clock.now();
    for (const before of others) {
      const after = bringIn(before, pickUpsFor(before, holders), by, now, settings);
      await this.delivery.save(tx, before, after);
      if (before.status === 'picked-up' && after.status === 'open' && after.personId !== UNASSIGNED) {
        await this.mail.plan(tx, after.personId, after.urgency, settings.mailBundleSeconds);
      }
    }
  }
}

function eventsOf(meldingen: readonly MeldingState[]): Set<string> {
  return new Set(meldingen.flatMap(({ parts }) => parts.map(({ eventId }) => eventId)));
}

function unique(meldingen: readonly MeldingState[]): MeldingState[] {
  return [...new Map(meldingen.map((melding) => [melding._id, melding])).values()];
}
