import { runService } from '#platform/run-service.js';
import { AuditConfig } from './audit.config.js';
import { AuditModule } from './audit.module.js';

await runService('audit', AuditConfig, (config) => AuditModule.with(config));
