import { runService } from '#platform/run-service.js';
import { AssessmentConfig } from './assessment-config.js';
import { AssessmentModule } from './assessment.module.js';

await runService('assessment', AssessmentConfig, (config) => AssessmentModule.with(config));
