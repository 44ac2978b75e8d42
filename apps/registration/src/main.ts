import { runService } from '#platform/run-service.js';
import { RegistrationConfig } from './registration.config.js';
import { RegistrationModule } from './registration.module.js';

await runService('registration', RegistrationConfig, (config) => RegistrationModule.with(config));
