import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule } from '#platform/platform.module.js';
import type { AuditConfig } from './audit.config.js';
import { SEALING } from './chain/sealing.js';
import { LogController } from './log/log.controller.js';
import { LogReading } from './log/log-reading.service.js';
import { LogRepository } from './log/log.repository.js';
import { LogVerifier } from './log/log-verifier.js';
import { LogWriting } from './log/log-writing.service.js';
import { RelationsController } from './relations/relations.controller.js';
import { RelationsRepository } from './relations/relations.repository.js';

/** The log of who saw or changed client data (domain.md §10). */
@Module({})
export class AuditModule {
  static with(config: AuditConfig): DynamicModule {
    return {
      module: AuditModule,
      imports: [PlatformModule.forService('audit', config)],
      controllers: [LogController, RelationsController],
      providers: [
        {
          provide: SEALING,
          useValue: {
            key: Buffer.from(config.AUDIT_SEAL_KEY, 'base64'),
            checkpointEvery: config.AUDIT_CHECKPOINT_EVERY,
          },
        },
        LogRepository,
        LogWriting,
        LogReading,
        LogVerifier,
        RelationsRepository,
      ],
    };
  }
}
