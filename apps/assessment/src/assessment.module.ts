import { type DynamicModule, Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines/deadlines.module.js';
import { PlatformModule } from '#platform/platform.module.js';
import { AssessmentConfig } from './assessment-config.js';
import { ClientsRepository } from './directory/clients.repository.js';
import { FactsController } from './directory/facts.controller.js';

/** The Zelfredzaamheid-Matrix: filling in, progress, due dates (domain.md §4). */
@Module({})
export class AssessmentModule {
  static with(config: AssessmentConfig): DynamicModule {
    return {
      module: AssessmentModule,
      imports: [
        PlatformModule.forService('assessment', config),
        DeadlinesModule.forService('assessment', {
          redisUrl: config.REDIS_URL,
          prefix: `${config.DATABASE_PREFIX}doorstroom_assessment`,
        }),
      ],
      controllers: [FactsController],
      providers: [{ provide: AssessmentConfig, useValue: config }, ClientsRepository],
    };
  }
}
