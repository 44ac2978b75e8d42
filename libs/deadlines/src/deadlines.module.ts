import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Clock, WallClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { Metrics } from '#platform/metrics.js';
import { DEADLINES_OPTIONS, type DeadlinesOptions } from './deadlines-options.js';
import { deadlinesController } from './deadlines.controller.js';
import { Deadlines } from './deadlines.service.js';
import { DueClock } from './due-clock.js';
import { DueItemsRepository } from './due-items.repository.js';
import { WakeUps } from './wake-ups.js';

/** Watch the age of the oldest overdue item: workers may stay dead after Redis returned (design.md §3). */
@Injectable()
export class DeadlineMetrics {
  constructor(metrics: Metrics, items: DueItemsRepository, wakeUps: WakeUps, clock: DueClock) {
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
    const ahead = new Gauge({
      name: 'doorstroom_deadlines_clock_ahead_seconds',
      help: 'How far the clock of this machine is ahead of the database, by whose time things happen',
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
        ahead.set(clock.machineAheadMs / 1_000);
      },
    });
  }
}

/** Due dates of a service, with the platform's database and clock, and the requests by which an operator sees them. */
@Module({})
export class DeadlinesModule {
  static forService(service: string, options: DeadlinesOptions): DynamicModule {
    return {
      module: DeadlinesModule,
      global: true,
      controllers: [deadlinesController(service)],
      providers: [
        { provide: DEADLINES_OPTIONS, useValue: options },
        {
          provide: DueClock,
          useFactory: (database: Database, clock: Clock, wall: WallClock) => new DueClock(database, clock, wall),
          inject: [Database, Clock, WallClock],
        },
        DueItemsRepository,
        WakeUps,
        Deadlines,
        DeadlineMetrics,
      ],
      exports: [Deadlines, DueClock],
    };
  }
}
