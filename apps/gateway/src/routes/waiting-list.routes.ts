import {
  acceptOffer,
  declineOffer,
  listWaiting,
  offerPlace,
  registerWaiting,
  withdrawWaiting,
} from '#contracts/registration/waiting-list.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'waiting-list';
const client = '0192f6a8-0000-7000-8000-00000000c001';
const place = '0192f6a8-0000-7000-8000-00000000a001';

/** Waiting list per kind of place and zwaarte. */
export const waitingListRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/waiting-list',
    request: listWaiting,
    tag,
    summary: 'Entries in the order in which they are served, with their position',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: '/v1/waiting-list',
    request: registerWaiting,
    tag,
    summary: 'Put a client on the waiting list',
    status: 201,
    etag: 'version',
    examples: { body: { clientId: client, kind: 'guided-living', zwaarte: 'medium', urgency: 'regular' } },
  }),
  route({
    method: 'POST',
    path: '/v1/waiting-list/{entryId}/offers',
    request: offerPlace,
    tag,
    summary: 'Offer a free place; it is kept for this client until the last day to answer',
    status: 201,
    etag: 'version',
    examples: { body: { placeId: place, from: '2026-03-15', answerBy: '2026-03-08' } },
  }),
  route({
    method: 'POST',
    path: '/v1/waiting-list/{entryId}/offers/{offerId}/accept',
    request: acceptOffer,
    tag,
    summary: 'Accept an offer: the reservation is made in the same step',
    etag: 'version',
    examples: { body: {} },
  }),
  route({
    method: 'POST',
    path: '/v1/waiting-list/{entryId}/offers/{offerId}/decline',
    request: declineOffer,
    tag,
    summary: 'Decline an offer, with the reason',
    etag: 'version',
    examples: { body: { reason: 'location' } },
  }),
  route({
    method: 'POST',
    path: '/v1/waiting-list/{entryId}/withdraw',
    request: withdrawWaiting,
    tag,
    summary: 'Take a client off the waiting list, with the reason',
    etag: 'version',
    examples: { body: { reason: 'housed-elsewhere' } },
  }),
];
