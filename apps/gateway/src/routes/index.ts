import type { AnyRoute } from '../http/route.js';
import { clientRoutes } from './clients.routes.js';
import { deadLetterRoutes } from './dead-letters.routes.js';
import { housingRoutes } from './housing.routes.js';
import { occupancyRoutes } from './occupancy.routes.js';
import { peopleRoutes } from './people.routes.js';
import { structureRoutes } from './structure.routes.js';
import { waitingListRoutes } from './waiting-list.routes.js';

/** Every route that a service answers. A spec sees to it that no table in this folder is forgotten. */
export const allRoutes: readonly AnyRoute[] = [
  ...clientRoutes,
  ...deadLetterRoutes,
  ...housingRoutes,
  ...occupancyRoutes,
  ...peopleRoutes,
  ...structureRoutes,
  ...waitingListRoutes,
];
