import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import {
  type AcceptOffer,
  acceptOffer,
  type DeclineOffer,
  declineOffer,
  type OfferPlace,
  offerPlace,
  type WaitingEntryChanged,
} from '#contracts/registration/waiting-list.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { creationId } from '../identity.js';
import type { ReservationCommand } from '../stays/housing-commands.js';
import type { PlaceLedger } from '../stays/housing-types.js';
import { StaysRepository } from '../stays/stays.repository.js';
import { byPerson, onceOnly, StaysService } from '../stays/stays.service.js';
import { checkMayDecline, checkMayOffer, checkOwnClient } from './waiting-list-access-rules.js';
import { accept, decline, expire, isOfferOverdue, offer, openOfferOf } from './waiting-list-rules.js';
import { defaultWaitingSettings, type Offer, type WaitingEntry } from './waiting-list-types.js';
import { changedOf, type LoadedEntry, offeredOf, WaitingListWriter } from './waiting-list-writer.js';
import { WaitingListRepository } from './waiting-list.repository.js';

/** Who the clock is, in the access log. */
const CLOCK: Caller = { kind: 'service', personId: 'registration', roles: [], clusterIds: [], clientIds: [] };

/** Offers of places to who waits. An open offer keeps its place free; accepting it makes the reservation. */
@Injectable()
export class OffersService {
  constructor(
    private readonly repository: WaitingListRepository,
    private readonly writer: WaitingListWriter,
    private readonly housing: StaysRepository,
    private readonly stays: StaysService,
    private readonly clock: Clock,
  ) {}

  /**
   * Offers a free place.
   * @throws Refusal `unknown-waiting-entry`, `unknown-place`, `other-organisation`, `idempotency-key-reused`, and those of
   * the rules (waiting-list-rules.ts)
   */
  async offer(request: OfferPlace, caller: Caller): Promise<WaitingEntryChanged> {
    const { entryId, placeId, from, answerBy, expectedVersion, idempotencyKey } = request;
    const scope = `person:${caller.personId}`;
    const offerId = creationId(`offer:${entryId}`, scope, idempotencyKey);
    await this.expireIfOverdue(entryId);
    const run = () =>
      this.writer.run(entryId, async (tx, loaded) => {
        const earlier = loaded.entry.offers.find((known) => known.offerId === offerId);
        if (earlier !== undefined) {
          checkSameOffer(earlier, request);
          return offeredOf(loaded.entry, offerId, caller, loaded.client);
        }
        const place = await this.placeOf(tx, placeId);
        const ground = checkMayOffer(caller, loaded.client, place);
        const context = this.writer.contextFor(caller, offerId);
        const decision = offer({ from, answerBy, expectedVersion }, loaded.entry, place, context);
        const made = openOfferOf(decision.entry);
        const event = { change: 'offered', operation: offerPlace.subject, ...(made && { offer: made }) } as const;
        // One key cannot make offers to two people: the access-log entry of the second would have the same identity.
        const eventId = creationId('waiting-request', scope, idempotencyKey);
        await this.writer.save(tx, decision, loaded, event, { caller, ground, eventId });
        return offeredOf(decision.entry, offerId, caller, loaded.client);
      });
    return onceOnly(run);
  }

  /**
   * Accepts an offer: entry, reservation, facts and access log in one unit of work.
   * @throws Refusal `unknown-offer`, `offer-not-open`, `answer-date-passed`, and what refuses the reservation
   */
  accept(request: AcceptOffer, caller: Caller): Promise<WaitingEntryChanged> {
    const { entryId, offerId, expectedVersion, idempotencyKey } = request;
    const origin = byPerson(caller, acceptOffer.subject, idempotencyKey);
    const run = () =>
      this.writer.run(entryId, async (tx, loaded) => {
        const { entry } = loaded;
        const offered = knownOffer(entry, offerId);
        const { placeId, from } = offered;
        const command: ReservationCommand = { kind: 'reservation', clientId: entry.clientId, placeId, from };
        let placed = entry;
        const outcome = await this.stays.executeIn(tx, command, caller, origin, {
          condition: () => checkOwnClient(caller, loaded.client, 'entryId'),
          decide: (state, context) => {
            const settings = { personId: caller.personId, settings: defaultWaitingSettings };
            const accepted = accept({ offerId, expectedVersion }, entry, state, { ...context, ...settings });
            placed = accepted.entry;
            return accepted.housing;
          },
        });
        if (!outcome.repeated) {
          await this.repository.save(placed, loaded.document.requestHash, tx.session);
          this.writer.tell(tx, placed, { change: 'accepted', offer: offered, operation: acceptOffer.subject });
        }
        const [change] = outcome.changes;
        return changedOf(placed, { offerId, ...(change && { changeId: change.changeId }) });
      });
    return onceOnly(run);
  }

  /** Turns an offer down; the client waits on. @throws Refusal `not-found`, `unknown-offer`, `offer-not-open` */
  decline({ entryId, offerId, reason, expectedVersion }: DeclineOffer, caller: Caller): Promise<WaitingEntryChanged> {
    return this.writer.run(entryId, async (tx, loaded) => {
      const offered = knownOffer(loaded.entry, offerId);
      const ground = checkMayDecline(caller, loaded.client, offered);
      const place = await this.placeOf(tx, offered.placeId);
      const context = this.writer.contextFor(caller, offerId);
      const decision = decline({ offerId, reason, expectedVersion }, loaded.entry, place, context);
      const event = { change: 'declined', offer: offered, operation: declineOffer.subject } as const;
      await this.writer.save(tx, decision, loaded, event, { caller, ground });
      return offeredOf(decision.entry, offerId, caller, loaded.client);
    });
  }

  /** Ends offers that nobody answered in time; at most `limit` at once. Returns how many. */
  async expireOverdue(limit: number): Promise<number> {
    let expired = 0;
    for (const entryId of await this.repository.overdue(this.clock.today(), limit)) {
      if (await this.expireIfOverdue(entryId)) expired += 1;
    }
    return expired;
  }

  private async expireIfOverdue(entryId: string): Promise<boolean> {
    const seen = await this.repository.find(entryId);
    if (seen?.answerBy === undefined || seen.answerBy >= this.clock.today()) return false;
    return this.writer.run(entryId, (tx, loaded) => this.expireIn(tx, loaded));
  }

  private async expireIn(tx: Tx, loaded: LoadedEntry): Promise<boolean> {
    const offered = openOfferOf(loaded.entry);
    // Another process may have ended it, or it was answered meanwhile.
    if (offered === undefined || !isOfferOverdue(loaded.entry, this.clock.today())) return false;
    const place = await this.placeOf(tx, offered.placeId);
    const { offerId } = offered;
    const decision = expire({ offerId }, loaded.entry, place, this.writer.contextFor(CLOCK, offerId));
    const event = { change: 'expired', offer: offered, operation: 'registration.waiting-list.expire' } as const;
    await this.writer.save(tx, decision, loaded, event, { caller: CLOCK, ground: 'system-delivery' });
    return true;
  }

  private async placeOf(tx: Tx, placeId: string): Promise<PlaceLedger> {
    const [place] = await this.housing.findPlaces([placeId], tx.session);
    if (place === undefined) throw Refusal.of('unknown-place', { fields: ['placeId'] });
    return place;
  }
}

function knownOffer(entry: WaitingEntry, offerId: string): Offer {
  const found = entry.offers.find((candidate) => candidate.offerId === offerId);
  if (found === undefined) throw Refusal.of('unknown-offer', { fields: ['offerId'] });
  return found;
}

/** @throws Refusal `idempotency-key-reused` when the same request offered something else before */
function checkSameOffer(offered: Offer, request: OfferPlace): void {
  const same =
    offered.placeId === request.placeId &&
    offered.answerBy === request.answerBy &&
    (request.from === undefined || request.from === offered.from);
  if (!same) throw Refusal.of('idempotency-key-reused');
}
