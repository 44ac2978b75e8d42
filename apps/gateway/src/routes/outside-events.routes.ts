import { listOutsideEvents } from '#contracts/registration/outside-events.js';
import { type AnyRoute, route } from '../http/route.js';

/** Events of other systems. Receiving them is in ../outside-events. */
export const outsideEventRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/events',
    request: listOutsideEvents,
    tag: 'events',
    summary: 'What became of the events of your institution, newest first',
  }),
];
