import type { AnyRoute } from '../http/route.js';
import { assessmentRoutes } from './assessment.routes.js';
import { auditRoutes } from './audit.routes.js';
import { calibrationRoutes } from './calibration.routes.js';
import { caseloadRoutes } from './caseloads.routes.js';
import { clientRoutes } from './clients.routes.js';
import { deadLetterRoutes } from './dead-letters.routes.js';
import { deadlineRoutes } from './deadlines.routes.js';
import { demoClockRoutes } from './demo-clock.routes.js';
import { dueSettingsRoutes } from './due-settings.routes.js';
import { housingRoutes } from './housing.routes.js';
import { importRoutes } from './imports.routes.js';
import { meldingenRoutes } from './meldingen.routes.js';
import { notificationSettingsRoutes } from './notification-settings.routes.js';
import { occupancyRoutes } from './occupancy.routes.js';
import { outsideEventRoutes } from './outside-events.routes.js';
import { peopleRoutes } from './people.routes.js';
import { structureRoutes } from './structure.routes.js';
import { waitingListRoutes } from './waiting-list.routes.js';
import { webhookRoutes } from './webhooks.routes.js';

/** Every route that a service answers. A spec sees to it that no table in this folder is forgotten. */
export const allRoutes: readonly AnyRoute[] = [
  ...assessmentRoutes,
  ...auditRoutes,
  ...calibrationRoutes,
  ...caseloadRoutes,
  ...clientRoutes,
  ...deadLetterRoutes,
  ...deadlineRoutes,
  ...demoClockRoutes,
  ...dueSettingsRoutes,
  ...housingRoutes,
  ...importRoutes,
  ...meldingenRoutes,
  ...notificationSettingsRoutes,
  ...occupancyRoutes,
  ...outsideEventRoutes,
  ...peopleRoutes,
  ...structureRoutes,
  ...waitingListRoutes,
  ...webhookRoutes,
];
