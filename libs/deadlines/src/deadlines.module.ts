import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Clock } from '#calendar/clock.js';
import { Metrics } from '#platform/metrics.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions } from './deadlines-options.js';
import { Deadlines } from './deadlines.service.js';
import { DueItemsRepository } from './due-items.repository.js';
import { WakeUps } from './wake-ups.js';

/** Watch the age of the oldest overdue item: workers may stay dead after Redis returned (design.md §3). */
@Injectable()
export class DeadlineMetrics {
  constructor(metrics: Metrics, items: DueItemsRepository, wakeUps: WakeUps, clock: Clock) {
    const waiting = new Gauge({
      name: 'doorstroom_deadlines_waiting',
      help: 'Due items that wait for their time or another attempt',
      registers: [metrics.registry],
    });
    const failed = new Gauge({
      name: 'doorstroom_deadlines_failed',
      help: 'Due items that were given up',
      registers: [metrics.registry],
    });
    const redis = new Gauge({
      name: 'doorstroom_deadlines_redis_up',
      help: '1 when Redis can be reached to be woken by, 0 when only the sweep fires',
      registers: [metrics.registry],
    });
    new Gauge({
      name: 'doorstroom_deadlines_oldest_overdue_seconds',
      help: 'Age of the oldest item that should have happened',
      registers: [metrics.registry],
      async collect() {
        const oldest = await items.oldestOverdue();
        this.set(oldest ? (clock.now().getTime() - oldest.getTime()) / 1_000 : 0);
        waiting.set(await items.count('waiting'));
        failed.set(await items.count('failed'));
        redis.set(wakeUps.isReachable() ? 1 : 0);
      },
    });
  }
}

/** Due dates of a service, with the platform's database and clock. */
@Module({})
export class DeadlinesModule {
  static forRoot(options: DeadlinesOptions): DynamicModule {
    return {
      module: DeadlinesModule,
      global: true,
      providers: [
        { provide: DEADLINES_OPTIONS, useValue: options },
        DueItemsRepository,
        WakeUps,
        Deadlines,
        DeadlineMetrics,
      ],
      exports: [Deadlines],
    };
  }
}
