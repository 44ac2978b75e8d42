import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessLog } from '#access/access-log.js';
import { CallerTokenVerifier } from '#access/caller-token.js';
import { Clock, WallClock } from '#calendar/clock.js';
import type { ConsumptionOptions } from '#messaging/messaging-options.js';
import { MessagingModule } from '#messaging/messaging.module.js';
import { PersistenceModule } from '#persistence/persistence.module.js';
import type { ServiceConfig } from './config.js';
import { deadLettersController } from './dead-letters.controller.js';
import { clockProviders, DemoClock } from './demo-clock.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { DisclosureInterceptor, RequestErrorFilter, RequestGuard } from './request-edge.js';

@Module({})
class ClockModule {
  static forRoot(isMovable: boolean): DynamicModule {
    return {
      module: ClockModule,
      global: true,
      providers: clockProviders(isMovable),
      exports: [Clock, DemoClock, WallClock],
    };
  }
}

/** What one service may set otherwise than the rest. */
export interface PlatformTuning {
  /** Attempts and waits of its consumers. */
  consumption?: Partial<ConsumptionOptions>;
}

/** Everything that each service has in common: clock, database, messaging, access, errors, health and metrics. */
@Module({})
export class PlatformModule {
  /** @param service name of the service; its database is `<prefix>doorstroom_<service>`. */
  static forService(service: string, config: ServiceConfig, tuning: PlatformTuning = {}): DynamicModule {
    // Made here, so that a wrong key is told in one line, before anything starts.
    const verifier = new CallerTokenVerifier(config.CALLER_PUBLIC_KEY);
    return {
      module: PlatformModule,
      global: true,
      imports: [
        ClockModule.forRoot(config.DEMO_CLOCK === '1'),
        PersistenceModule.forRoot({ url: config.MONGO_URL, name: `${config.DATABASE_PREFIX}doorstroom_${service}` }),
        MessagingModule.forRoot({
          service,
          natsUrl: config.NATS_URL,
          concurrency: config.FACT_CONCURRENCY,
          ...(tuning.consumption ? { consumption: tuning.consumption } : {}),
        }),
      ],
      controllers: [HealthController, deadLettersController(service)],
      providers: [
        { provide: CallerTokenVerifier, useValue: verifier },
        AccessLog,
        Metrics,
        { provide: APP_GUARD, useClass: RequestGuard },
        { provide: APP_INTERCEPTOR, useClass: DisclosureInterceptor },
        { provide: APP_FILTER, useClass: RequestErrorFilter },
      ],
      exports: [AccessLog, CallerTokenVerifier, Metrics],
    };
  }
}
