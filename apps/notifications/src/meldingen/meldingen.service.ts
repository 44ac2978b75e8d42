import { Injectable } from '@nestjs/common';
import type { AccessGround } from '#access/protected.js';
import { isCivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { atTimeInAmsterdam } from '#calendar/time-zone.js';
import type { Caller } from '#contracts/caller.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import type {
  AcknowledgedMeldingen,
  AcknowledgeMeldingen,
  ActOnMelding,
  HandOverMelding,
} from '#contracts/notifications/meldingen.js';
import { Refusal } from '#contracts/refusal.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { type SettingsState, SettingsRepository } from '../rules/settings.repository.js';
import { DeliveryService } from './delivery.service.js';
import { InboxAccess } from './inbox-access.js';
import { acknowledge, giveBack, handOver, markRead, reopen, snooze, takeBack } from './act-rules.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';
import { SharingService } from './sharing.service.js';

/** A melding, and on which ground the caller sees it. */
export interface SeenMelding {
  melding: MeldingState;
  ground: AccessGround;
}

type Change = (
  melding: MeldingState,
  now: Date,
  settings: SettingsState,
  tx: Tx,
) => MeldingState | Promise<MeldingState>;

/** Time at which a melding comes back that was snoozed until a date. */
const MORNING = '08:00';

/** What people do with their meldingen. */
@Injectable()
export class MeldingenService {
  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly delivery: DeliveryService,
    private readonly sharing: SharingService,
    private readonly access: InboxAccess,
    private readonly settings: SettingsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` also when it is somebody else's */
  async get(caller: Caller, meldingId: string): Promise<SeenMelding> {
    const melding = await this.meldingen.find(meldingId);
    if (!melding) throw Refusal.of('not-found');
    return { melding, ground: await this.access.groundFor(caller, melding.personId) };
  }

  markRead(caller: Caller, command: ActOnMelding, read: boolean): Promise<SeenMelding> {
    return this.change(caller, command, (melding, now) => markRead(melding, read, caller.personId, now));
  }

  acknowledge(caller: Caller, command: ActOnMelding): Promise<SeenMelding> {
    return this.changeForAll(caller, command, (melding, now) => acknowledge(melding, caller.personId, now));
  }

  /** Opens it again; what was handed over is taken back. */
  reopen(caller: Caller, command: ActOnMelding): Promise<SeenMelding> {
    return this.changeForAll(caller, command, (melding, now, settings, tx) =>
      melding.status === 'handed-over'
        ? this.takeBack(tx, melding, caller.personId, settings)
        : reopen(melding, caller.personId, now, settings),
    );
  }

  /** The colleague's melding of it goes back in the same unit of work: of two who act at the same moment one is first. */
  private async takeBack(tx: Tx, melding: MeldingState, by: string, settings: SettingsState): Promise<MeldingState> {
    const now = this.clock.now();
    const after = takeBack(melding, by, now, settings);
    const eventIds = new Set(melding.parts.map(({ eventId }) => eventId));
    const received = (await this.meldingen.telling([...eventIds], tx)).filter(
      ({ personId, receivedFrom, status }) =>
        status !== 'returned' &&
        receivedFrom?.personId === melding.handedOver?.by &&
        melding.handedOver?.to.includes(personId),
    );
    for (const theirs of received) await this.delivery.save(tx, theirs, giveBack(theirs, melding.personId, by, now));
    return after;
  }

  /** @param until a date, meaning its morning, or an instant */
  snooze(caller: Caller, command: ActOnMelding, until: string): Promise<SeenMelding> {
    const at = isCivilDate(until) ? atTimeInAmsterdam(until, MORNING) : new Date(until);
    return this.change(caller, command, (melding, now, settings) =>
      snooze(melding, at, caller.personId, now, settings),
    );
  }

  /** The colleague gets a melding of their own with the same parts; both histories tell of it. */
  async handOver(caller: Caller, command: HandOverMelding): Promise<SeenMelding> {
    const { toPersonId, note } = command;
    const seen = await this.get(caller, command.meldingId);
    if (toPersonId === seen.melding.personId) throw Refusal.of('hand-over-to-self', { fields: ['toPersonId'] });
    const takesItself = seen.melding.personId === UNASSIGNED && toPersonId === caller.personId;
    if (!takesItself && !(await this.access.colleagues(caller, seen.melding)).includes(toPersonId)) {
      throw Refusal.of('hand-over-without-access', { fields: ['toPersonId'] });
    }
    return this.change(caller, command, async (melding, now, settings, tx) => {
      const after = handOver(melding, [toPersonId], caller.personId, now, note);
      const from = { personId: caller.personId, ...(note === undefined ? {} : { note }) };
      await this.delivery.passOn(tx, melding, toPersonId, 'handed-over', settings, from);
      return after;
    });
  }

  /** Acknowledges those that are the caller's own and have no part that was not seen. */
  async acknowledgeMany(caller: Caller, command: AcknowledgeMeldingen): Promise<AcknowledgedMeldingen> {
    const mayTouch = new Set([caller.personId, ...(await this.access.replaced(caller.personId))]);
    const settings = await this.settings.settings();
    const ids = command.meldingen.map(({ meldingId }) => meldingId);
    return this.unitOfWork.run(async (tx) => {
      const found = new Map((await this.meldingen.findMany(ids, tx)).map((one) => [one._id, one]));
      const now = this.clock.now();
      const items: AcknowledgedMeldingen['items'] = [];
      const done: MeldingState[] = [];
      for (const { meldingId, parts } of command.meldingen) {
        const melding = found.get(meldingId);
        const outcome = !melding || !mayTouch.has(melding.personId) ? 'not-found' : outcomeFor(melding, parts);
        if (melding && outcome === 'acknowledged') {
          const after = acknowledge(melding, caller.personId, now);
          await this.delivery.save(tx, melding, after);
          done.push(after);
        }
        items.push({ meldingId, outcome });
      }
      await this.sharing.tellColleagues(tx, done, caller.personId, settings);
      return { items };
    });
  }

  /** A change that colleagues with the same melding are told of, in the same unit of work. */
  private changeForAll(caller: Caller, command: ActOnMelding, change: Change): Promise<SeenMelding> {
    return this.change(caller, command, async (melding, now, settings, tx) => {
      const after = await change(melding, now, settings, tx);
      if (after !== melding) await this.sharing.tellColleagues(tx, [after], caller.personId, settings);
      return after;
    });
  }

  private async change(caller: Caller, command: ActOnMelding, change: Change): Promise<SeenMelding> {
    const settings = await this.settings.settings();
    const { ground } = await this.get(caller, command.meldingId);
    const melding = await this.unitOfWork.run(async (tx) => {
      const before = await this.meldingen.find(command.meldingId, tx);
      if (!before) throw Refusal.of('not-found');
      const { expectedVersion: expected } = command;
      if (expected !== undefined && expected !== before.version) {
        throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
      }
      const after = await change(before, this.clock.now(), settings, tx);
      await this.delivery.save(tx, before, after);
      return after;
    });
    return { melding, ground };
  }
}

function outcomeFor(melding: MeldingState, seenParts: number): AcknowledgedMeldingen['items'][number]['outcome'] {
  if (melding.status !== 'open' && melding.status !== 'snoozed') return 'already-acknowledged';
  return melding.parts.length > seenParts ? 'changed' : 'acknowledged';
}
