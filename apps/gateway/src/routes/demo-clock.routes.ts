import { getDemoClock, moveDemoClock } from '#contracts/demo-clock.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'demo';
const path = '/v1/demo-clock';

/** The date of a demonstration, which everybody in it can move forward; nothing is found here anywhere else. */
export const demoClockRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path,
    request: getDemoClock,
    tag,
    etag: 'version',
    summary: 'In a demonstration: which date it is, and how far it was moved',
  }),
  route({
    method: 'POST',
    path: `${path}/move`,
    request: moveDemoClock,
    tag,
    etag: 'version',
    summary: 'In a demonstration: move the date of the whole system forward, for everybody; what becomes due happens',
    examples: { body: { months: 3 } },
  }),
];
