import { DEADLINE_SERVICES, deadlineRequests } from '#contracts/deadlines.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'deadlines';

/** What has to happen by itself, service by service: an operator looks here for what is late or was given up. */
export const deadlineRoutes: AnyRoute[] = DEADLINE_SERVICES.flatMap((service) => {
  const { list, overview, retry } = deadlineRequests(service);
  const path = `/v1/deadlines/${service}`;
  return [
    route({ method: 'GET', path, request: list, tag, summary: `What is due, late or given up in ${service}` }),
    route({
      method: 'GET',
      path: `${path}/overview`,
      request: overview,
      tag,
      summary: `How much is due, late and given up in ${service}, by kind`,
    }),
    route({
      method: 'POST',
      path: `${path}/retry`,
      request: retry,
      tag,
      summary: `Try one again in ${service} that failed`,
      examples: { body: { id: 'melding|0192f6a8-0000-7000-8000-000000000001' } },
    }),
  ];
});
