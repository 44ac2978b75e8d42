import type {
  OfferDeclineReason,
  PlaceKind,
  WaitingEntryStatus,
  WaitingUrgency,
  WithdrawalReason,
  Zwaarte,
} from '#contracts/codes.js';
import type { OfferView, WaitingEntryChanged, WaitingEntryView } from '#contracts/registration/waiting-list.js';

import { api, type Page } from './http.js';
import { withClient, withPlace, type Beside, type Names, type WithClient, type WithPlace } from './joined.js';
import { pagedQuery } from './paging.js';

export type Offer = WithPlace<OfferView>;
export type WaitingEntry = WithClient<Omit<WaitingEntryView, 'openOffer' | 'offers'>> & {
  openOffer?: Offer;
  offers: Offer[];
};

function entryWithNames({ openOffer, offers, ...entry }: WaitingEntryView, names: Names | undefined): WaitingEntry {
  return {
    ...withClient(entry, names),
    ...(openOffer === undefined ? {} : { openOffer: withPlace(openOffer, names) }),
    offers: offers.map((offer) => withPlace(offer, names)),
  };
}

export const waitingKeys = { all: ['waiting-list'] as const };

export interface WaitingFilter {
  kind?: PlaceKind | undefined;
  zwaarte?: Zwaarte | undefined;
  status?: WaitingEntryStatus | undefined;
}

export const waitingListQuery = (filter: WaitingFilter) =>
  pagedQuery<WaitingEntry>([...waitingKeys.all, filter], async (cursor, signal) => {
    const query = { ...filter, cursor };
    const page = await api.get<Beside<Page<WaitingEntryView>>>('/v1/waiting-list', { query, signal });
    return { ...page, items: page.items.map((entry) => entryWithNames(entry, page.names)) };
  });

export interface NewWaitingEntry {
  clientId: string;
  kind: PlaceKind;
  zwaarte: Zwaarte;
  urgency: WaitingUrgency;
  since: string;
}

export const addToWaitingList = (body: NewWaitingEntry, idempotencyKey: string): Promise<WaitingEntryChanged> =>
  api.post('/v1/waiting-list', { body, idempotencyKey });

type EntryRef = Pick<WaitingEntry, 'entryId' | 'version'>;
const on = ({ entryId }: EntryRef): string => `/v1/waiting-list/${entryId}`;

export const offerPlace = (
  entry: EntryRef,
  body: { placeId: string; from: string; answerBy: string },
  idempotencyKey: string,
): Promise<WaitingEntryChanged> => api.post(`${on(entry)}/offers`, { body, version: entry.version, idempotencyKey });

export const acceptOffer = (entry: EntryRef, offerId: string): Promise<WaitingEntryChanged> =>
  api.post(`${on(entry)}/offers/${offerId}/accept`, {
    version: entry.version,
    idempotencyKey: `accept-${offerId}-${entry.version}`,
  });

export const declineOffer = (
  entry: EntryRef,
  offerId: string,
  reason: OfferDeclineReason,
): Promise<WaitingEntryChanged> =>
  api.post(`${on(entry)}/offers/${offerId}/decline`, { body: { reason }, version: entry.version });

export const withdrawEntry = (entry: EntryRef, reason: WithdrawalReason): Promise<WaitingEntryChanged> =>
  api.post(`${on(entry)}/withdraw`, { body: { reason }, version: entry.version });
