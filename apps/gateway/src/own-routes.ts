import type { INestApplicationContext } from '@nestjs/common';
import type { OwnRoute } from './http/route.js';
import { DeadLettersRoute } from './operation/dead-letters.route.js';
import { SystemHealthRoute } from './operation/system-health.route.js';
import { allRoutes } from './routes/index.js';
import { MeRoute } from './sign-in/me.route.js';

/** Every operation that the gateway answers by itself. */
export function ownRoutesOf(app: INestApplicationContext): OwnRoute[] {
  const routes = [app.get(DeadLettersRoute).operation(), app.get(SystemHealthRoute).operation()];
  return [app.get(MeRoute).operation(allRoutes, routes), ...routes];
}
