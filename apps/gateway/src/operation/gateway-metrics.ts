import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of the gateway. Labels hold route templates, never addresses, so no identifier is in them. */
@Injectable()
export class GatewayMetrics {
  readonly registry = new Registry();
  private readonly duration: Histogram<'method' | 'route' | 'status'>;
  private readonly streams: Gauge;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.duration = new Histogram({
      name: 'doorstroom_http_request_seconds',
      help: 'Time from request to reply',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    this.streams = new Gauge({
      name: 'doorstroom_live_streams',
      help: 'Open live streams of meldingen',
      registers: [this.registry],
    });
  }

  /** Measures every request that has a route; live streams are counted instead, they have no end of their own. */
  observe(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const status = String(reply.statusCode);
      if (!route.endsWith('/stream'))
        this.duration.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
      done();
    });
  }

  streamOpened(): void {
    this.streams.inc();
  }

  streamClosed(): void {
    this.streams.dec();
  }
}
