import type { AnyRoute } from '../http/route.js';
import { deadLetterRoutes } from './dead-letters.routes.js';

/** Every route that a service answers. A spec sees to it that no table in this folder is forgotten. */
export const allRoutes: readonly AnyRoute[] = [...deadLetterRoutes];
