import {
  getBedNights,
  getBoard,
  getBoardState,
  getOccupancy,
  listVacancies,
  listZwaarteMismatches,
} from '#contracts/registration/occupancy.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'occupancy';

/** Overviews of places: who is where, what is free, how many nights. */
export const occupancyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/occupancy',
    request: getOccupancy,
    tag,
    summary: 'Your places on a date, with counts per state',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/occupancy/board',
    request: getBoard,
    tag,
    summary: 'The places of a cluster with every stay and reservation in a period of at most 400 days',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/occupancy/board/state',
    request: getBoardState,
    tag,
    summary: 'A mark that changes when the board would show something else; for pages that follow it',
  }),
  route({
    method: 'GET',
    path: '/v1/vacancies',
    request: listVacancies,
    tag,
    summary: 'Free places on a date, by kind, zwaarte and institution',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/bed-nights',
    request: getBedNights,
    tag,
    summary:
      'Nights available, occupied and on leave in a past period, per group; small counts are suppressed for policy',
    withNames: true,
  }),
  route({
    method: 'GET',
    path: '/v1/zwaarte-mismatches',
    request: listZwaarteMismatches,
    tag,
    summary: 'Clients whose zwaarte differs from that of their place, or is not known',
    withNames: true,
  }),
];
