import { IsIn, IsOptional } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type OfferDeclineReason,
  offerDeclineReasons,
  type OfferStatus,
  type PlaceKind,
  placeKinds,
  type WaitingEntryStatus,
  waitingEntryStatuses,
  type WaitingUrgency,
  waitingUrgencies,
  type WithdrawalReason,
  withdrawalReasons,
  type Zwaarte,
  zwaartes,
} from '../codes.js';
import {
  IsCivilDateText,
  IsCursor,
  IsExpectedVersion,
  IsId,
  IsIdempotencyKey,
  IsOptionalCode,
  IsPageLimit,
} from '../field-rules.js';
import type { Page } from '../paging.js';
import { defineRequest } from '../request.js';

/** Puts a client on the waiting list for a kind of place and zwaarte (domain.md §3). */
export class RegisterWaiting {
  @IsId() clientId: string;
  @IsIn(placeKinds) kind: PlaceKind;
  @IsIn(zwaartes) zwaarte: Zwaarte;
  @IsIn(waitingUrgencies) urgency: WaitingUrgency;
  /** Waiting since; today when absent. */
  @IsOptional() @IsCivilDateText() since?: CivilDate;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** Entries in the order in which they are served. Without a status: those that wait or have an offer. */
export class ListWaiting {
  @IsOptionalCode(placeKinds) kind?: PlaceKind;
  @IsOptionalCode(zwaartes) zwaarte?: Zwaarte;
  @IsOptionalCode(waitingEntryStatuses) status?: WaitingEntryStatus;
  @IsOptional() @IsId() clientId?: string;
  @IsCursor() cursor?: string;
  @IsPageLimit() limit?: number;
}

/** Offers a free place; it is kept free for this entry until the offer was answered or expired. */
export class OfferPlace {
  @IsId() entryId: string;
  @IsId() placeId: string;
  /** First day on which the client can come; tomorrow when absent. */
  @IsOptional() @IsCivilDateText() from?: CivilDate;
  /** Last day to answer. */
  @IsCivilDateText() answerBy: CivilDate;
  @IsExpectedVersion() expectedVersion?: number;
  @IsIdempotencyKey() idempotencyKey?: string;
}

/** Accepts an offer: the reservation is made in the same step. */
export class AcceptOffer {
  @IsId() entryId: string;
  @IsId() offerId: string;
  @IsExpectedVersion() expectedVersion?: number;
  @IsIdempotencyKey() idempotencyKey?: string;
}

export class DeclineOffer {
  @IsId() entryId: string;
  @IsId() offerId: string;
  @IsIn(offerDeclineReasons) reason: OfferDeclineReason;
  @IsExpectedVersion() expectedVersion?: number;
}

/** Takes the client off the list. */
export class WithdrawWaiting {
  @IsId() entryId: string;
  @IsIn(withdrawalReasons) reason: WithdrawalReason;
  @IsExpectedVersion() expectedVersion?: number;
}

export interface OfferView {
  offerId: string;
  placeId: string;
  clusterId: string;
  organisationId: string;
  /** First day on which the client can come. */
  from: string;
  answerBy: string;
  status: OfferStatus;
  createdBy: string;
  createdAt: string;
  answeredAt?: string;
  declineReason?: OfferDeclineReason;
}

/**
 * An entry. Of a client without a relation to the asker only the place in the row is shown: no client, offers or
 * author. Who has a free place can offer it all the same, and knows the client once the offer was accepted.
 */
export interface WaitingEntryView {
  entryId: string;
  clientId?: string;
  kind: PlaceKind;
  zwaarte: Zwaarte;
  urgency: WaitingUrgency;
  since: string;
  status: WaitingEntryStatus;
  /** Place in the row for this kind and zwaarte, from 1, all entries counted; absent when no longer waiting. */
  position?: number;
  /** The offer that waits for an answer. */
  openOffer?: OfferView;
  offers: OfferView[];
  withdrawalReason?: WithdrawalReason;
  createdBy?: string;
  version: number;
}

/** What became of an entry; an accepted offer names the change that made the reservation. */
export interface WaitingEntryChanged {
  entryId: string;
  /** Absent when the asker has no relation with the client. */
  clientId?: string;
  status: WaitingEntryStatus;
  version: number;
  offerId?: string;
  changeId?: string;
}

const registrars = ['clientmanager', 'trajectregisseur'] as const;

export const listWaiting = defineRequest<ListWaiting, Page<WaitingEntryView>>('registration.waiting-list.list', {
  payload: ListWaiting,
  allow: registrars,
  clientData: true,
});

export const registerWaiting = defineRequest<RegisterWaiting, WaitingEntryChanged>(
  'registration.waiting-list.register',
  { payload: RegisterWaiting, allow: registrars },
);

export const offerPlace = defineRequest<OfferPlace, WaitingEntryChanged>('registration.waiting-list.offer', {
  payload: OfferPlace,
  allow: registrars,
});

export const acceptOffer = defineRequest<AcceptOffer, WaitingEntryChanged>('registration.waiting-list.accept', {
  payload: AcceptOffer,
  allow: registrars,
});

export const declineOffer = defineRequest<DeclineOffer, WaitingEntryChanged>('registration.waiting-list.decline', {
  payload: DeclineOffer,
  allow: registrars,
});

export const withdrawWaiting = defineRequest<WithdrawWaiting, WaitingEntryChanged>(
  'registration.waiting-list.withdraw',
  { payload: WithdrawWaiting, allow: registrars },
);
