import type { Type } from '@nestjs/common';
import type { OwnRoute } from './http/route.js';
import { ApiDocumentsRoute } from './api-documents/api-documents.route.js';
import { ZrmExportsRoute } from './exports/zrm-exports.route.js';
import { DownloadsRoute } from './imports/downloads.route.js';
import { UploadRoute } from './imports/upload.route.js';
import { LiveRoute } from './live/live.route.js';
import { DeadLettersRoute } from './operation/dead-letters.route.js';
import { SystemHealthRoute } from './operation/system-health.route.js';
import { OutsideEventsRoute } from './outside-events/outside-events.route.js';
import { allRoutes } from './routes/index.js';
import { MeRoute } from './sign-in/me.route.js';

/**
 * Every operation that the gateway answers by itself.
 * @param get gives what answers them; the documentation needs no more than their descriptions
 */
export function ownRoutesOf(get: <T>(type: Type<T>) => T): OwnRoute[] {
  const routes = [
    ...get(ApiDocumentsRoute).operations(),
    get(LiveRoute).operation(),
    ...get(UploadRoute).operations(),
    ...get(DownloadsRoute).operations(),
    ...get(ZrmExportsRoute).operations(),
    get(OutsideEventsRoute).operation(),
    get(DeadLettersRoute).operation(),
    get(SystemHealthRoute).operation(),
  ];
  return [get(MeRoute).operation(allRoutes, routes), ...routes];
}
