import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { ServiceLogger } from '#platform/logging.js';
import type { RunningService } from '#platform/run-service.js';
import { type GatewayConfig, refuseUnsafeProduction } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { Drain } from './http/drain.js';
import { guardTheDoor } from './http/edge.js';
import { handleErrors } from './http/error-handler.js';
import { GatewayAdapter } from './http/gateway-adapter.js';
import { handleNotFound } from './http/not-found.js';
import { ProblemFilter } from './http/problem.filter.js';
import { needAdmissionOfAll, Registrar } from './http/registrar.js';
import { GatewayMetrics } from './operation/gateway-metrics.js';
import { Probes } from './operation/probes.js';
import { ownRoutesOf } from './own-routes.js';
import { allRoutes } from './routes/index.js';
import { Authenticator } from './sign-in/authenticator.js';
import { Issuer } from './sign-in/issuer.js';
import { SignInRoutes } from './sign-in/sign-in.routes.js';
import { WebApp } from './web-app/web-app.js';

/**
 * Starts the gateway on PORT.
 * @throws Error with one line when the configuration, or the issuer behind it, must not reach production.
 */
export async function startGateway(config: GatewayConfig): Promise<RunningService> {
  refuseUnsafeProduction(config);
  const adapter = new GatewayAdapter(config);
  const logger = new ServiceLogger('gateway', config.LOG_LEVEL, config.LOG_FORMAT);
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.with(config), adapter, {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  const drain = new Drain(adapter.getInstance());
  await openTheDoor(app, adapter.getInstance(), config);
  await findIssuer(app.get(Issuer));
  await app.listen(config.PORT, config.HOST);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.PORT;
  logger.log(`ready on port ${port}`);
  return {
    app,
    port,
    stop: () => drain.during(() => app.close()),
  };
}

async function openTheDoor(
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  config: GatewayConfig,
): Promise<void> {
  const ownRoutes = ownRoutesOf((type) => app.get(type));
  const webApp = app.get(WebApp);
  handleErrors(fastify);
  needAdmissionOfAll(fastify);
  await guardTheDoor(fastify, config, app.get(Authenticator));
  handleNotFound(fastify, [...allRoutes, ...ownRoutes], webApp);
  app.get(GatewayMetrics).observe(fastify);
  app.get(Probes).register(fastify);
  app.get(SignInRoutes).register(fastify);
  app.get(Registrar).register(fastify, allRoutes, ownRoutes);
  await webApp.register(fastify);
}

/** An issuer that is away does not stop the start: readiness tells, and it is looked for again. */
async function findIssuer(issuer: Issuer): Promise<void> {
  try {
    await issuer.known();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    new Logger('Issuer').warn('the issuer does not answer yet; nobody can sign in until it does');
  }
}
