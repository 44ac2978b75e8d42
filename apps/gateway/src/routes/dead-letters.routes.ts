import { CONSUMING_SERVICES, deadLetterRequests } from '#contracts/dead-letters.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'dead-letters';

/** Dead letters are kept by the service that could not handle them; the list over all is operation/dead-letters.route.ts. */
export const deadLetterRoutes: AnyRoute[] = CONSUMING_SERVICES.flatMap((service) => {
  const { get, replay, drop } = deadLetterRequests(service);
  const path = `/v1/dead-letters/${service}/{id}`;
  return [
    route({ method: 'GET', path, request: get, tag, summary: `One dead letter of ${service}` }),
    route({
      method: 'POST',
      path: `${path}/replay`,
      request: replay,
      tag,
      summary: `Handle it again in ${service}, as it was or mended`,
      examples: { body: { data: { clientId: '0192f6a8-0000-7000-8000-000000000001' } } },
    }),
    route({
      method: 'POST',
      path: `${path}/drop`,
      request: drop,
      tag,
      summary: `Give it up for good in ${service}, with a reason`,
      examples: { body: { reason: 'Dubbel aangeleverd door het bronsysteem' } },
    }),
  ];
});
