import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { Nats } from '#messaging/nats.js';
import { Database } from '#persistence/database.js';
import { GatewayConfig } from '../gateway.config.js';
import { Issuer } from '../sign-in/issuer.js';
import { sameText } from '../sign-in/session-keys.js';
import { GatewayMetrics } from './gateway-metrics.js';

/** What of the things that requests need answers now. */
interface Reachable {
  database: boolean;
  broker: boolean;
  issuer: boolean;
}

/** What a probe and a metrics collector see, on the port of the gateway itself. */
@Injectable()
export class Probes {
  private looking: Promise<Reachable> | undefined;

  constructor(
    private readonly config: GatewayConfig,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly issuer: Issuer,
    private readonly metrics: GatewayMetrics,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get('/health/live', () => ({ status: 'up' }));
    fastify.get('/health/ready', (_request, reply) => this.ready(reply));
    fastify.get('/metrics', (request, reply) => this.measure(request, reply));
  }

  /** 503 with what is missing while requests could not be served. */
  private async ready(reply: FastifyReply): Promise<FastifyReply> {
    // Nobody is turned away here, so many askers share one look.
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    const { database, broker, issuer } = await this.looking;
    const isReady = database && broker && issuer;
    reply.code(isReady ? 200 : 503).header('cache-control', 'no-store');
    return reply.send(isReady ? { status: 'ready' } : { status: 'not-ready', database, broker, issuer });
  }

  private async look(): Promise<Reachable> {
    const [database, broker] = await Promise.all([this.database.isReachable(), this.nats.isReachable()]);
    // An issuer that went away later stops new sign-ins only, so it counts until it was found once.
    const issuer = this.issuer.isKnown || (await this.findIssuer());
    return { database, broker, issuer };
  }

  private async findIssuer(): Promise<boolean> {
    try {
      await this.issuer.known();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  private async measure(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // Whoever may not read metrics does not learn that they are here.
    if (!this.mayMeasure(request)) throw Refusal.of('not-found');
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await this.metrics.registry.metrics());
  }

  /** The address of the connection itself: behind a proxy every request comes from the proxy, so there a token is due. */
  private mayMeasure({ headers, socket }: FastifyRequest): boolean {
    const { METRICS_TOKEN } = this.config;
    if (METRICS_TOKEN !== undefined) return sameText(headers.authorization ?? '', `Bearer ${METRICS_TOKEN}`);
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
  }
}
