import { runService } from '#platform/run-service.js';
import { NotificationsConfig } from './notifications-config.js';
import { NotificationsModule } from './notifications.module.js';

await runService('notifications', NotificationsConfig, (config) => NotificationsModule.with(config));
