import { Controller, Get, Header, HttpException, HttpStatus } from '@nestjs/common';
import { Database } from '#persistence/database.js';
import { Nats } from '#messaging/nats.js';
import { Metrics } from './metrics.js';

/** What a probe sees: whether the process lives, and whether it can do its work now. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs; says nothing of what it needs. */
  @Get('health/live')
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  /** The service can do its work: database and broker answer. 503 with what is missing otherwise. */
  @Get('health/ready')
  async ready(): Promise<{ status: 'ready' }> {
    const [database, broker] = await Promise.all([this.database.isReachable(), this.nats.isReachable()]);
    if (!database || !broker) {
      throw new HttpException({ status: 'not-ready', database, broker }, HttpStatus.SERVICE_UNAVAILABLE);
    }
    return { status: 'ready' };
  }

  /** Prometheus text format. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metricsText(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
