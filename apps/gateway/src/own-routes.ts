import type { INestApplicationContext } from '@nestjs/common';
import type { OwnRoute } from './http/route.js';
import { ApiDocumentsRoute } from './api-documents/api-documents.route.js';
import { DownloadsRoute } from './imports/downloads.route.js';
import { UploadRoute } from './imports/upload.route.js';
import { LiveRoute } from './live/live.route.js';
import { DeadLettersRoute } from './operation/dead-letters.route.js';
import { SystemHealthRoute } from './operation/system-health.route.js';
import { OutsideEventsRoute } from './outside-events/outside-events.route.js';
import { allRoutes } from './routes/index.js';
import { MeRoute } from './sign-in/me.route.js';

/** Every operation that the gateway answers by itself. */
export function ownRoutesOf(app: INestApplicationContext): OwnRoute[] {
  const routes = [
    ...app.get(ApiDocumentsRoute).operations(),
    app.get(LiveRoute).operation(),
    app.get(UploadRoute).operation(),
    ...app.get(DownloadsRoute).operations(),
    app.get(OutsideEventsRoute).operation(),
    app.get(DeadLettersRoute).operation(),
    app.get(SystemHealthRoute).operation(),
  ];
  return [app.get(MeRoute).operation(allRoutes, routes), ...routes];
}
