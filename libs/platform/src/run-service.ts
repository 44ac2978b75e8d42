import 'reflect-metadata';
import { type DynamicModule, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { JetStreamStrategy } from '#messaging/jetstream-strategy.js';
import { natsAddress } from '#messaging/nats-address.js';
import { OutboxRelay } from '#messaging/outbox-relay.js';
import { readConfig, refuseDemoClockInProduction, type ServiceConfig } from './config.js';
import { ServiceLogger } from './logging.js';
import { RequestServer } from './request-server.js';

/** Longest time that a clean stop may take, milliseconds; after it the process ends and the brokers redeliver. */
const STOP_LIMIT_MS = 15_000;

/** A started service and the way to stop it. */
export interface RunningService {
  app: NestFastifyApplication;
  /** Port of health and metrics. */
  port: number;
  /** Takes nothing new, finishes what is in hand, publishes what was committed, closes. */
  stop: () => Promise<void>;
}

/**
 * Starts one service: health and metrics over HTTP, requests over NATS, facts over JetStream. Used by every `main.ts`
 * through `runService`, and by integration tests directly.
 * @throws Error with one line when the configuration must not reach production.
 * @param module makes the service's root module, which imports `PlatformModule.forService(name, config)`.
 */
export async function startService<C extends ServiceConfig>(
  name: string,
  config: C,
  module: (config: C) => DynamicModule,
): Promise<RunningService> {
  refuseDemoClockInProduction(config);
  const logger = new ServiceLogger(name, config.LOG_LEVEL, config.LOG_FORMAT);
  const app = await NestFactory.create<NestFastifyApplication>(module(config), new FastifyAdapter(), {
    logger,
    abortOnError: false,
  });
  const requests = new RequestServer(
    {
      ...natsAddress(config.NATS_URL),
      queue: name,
      name: `${name}-requests`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      waitOnFirstConnect: true,
    },
    name,
  );
  const facts = app.get(JetStreamStrategy);
  // Guards, filters and interceptors are the same for messages as for everything else.
  app.connectMicroservice({ strategy: requests }, { inheritAppConfig: true });
  app.connectMicroservice({ strategy: facts }, { inheritAppConfig: true });
  // Connections, collections and indexes first: Nest's microservices would otherwise listen before the modules are ready.
  await app.init();
  await app.startAllMicroservices();
  await app.listen(config.SERVICE_PORT, config.HOST);
  const relay = app.get(OutboxRelay);
  const stop = async (): Promise<void> => {
    await requests.close();
    await facts.close();
    await relay.stop();
    await app.close();
  };
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.SERVICE_PORT;
  logger.log(`ready; health and metrics on port ${port}`);
  return { app, port, stop };
}

/** Runs a service as a process: configuration from the environment, clean stop on SIGTERM and SIGINT. */
export async function runService<C extends ServiceConfig>(
  name: string,
  configType: new () => C,
  module: (config: C) => DynamicModule,
): Promise<void> {
  try {
    const config = readConfig(configType);
    stopOnSignal(await startService(name, config, module));
  } catch (error) {
    // One clear line, no stack: whoever deploys must see what to change.
    process.stderr.write(`${name} does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Stops a running service on SIGTERM or SIGINT, within a bounded time. */
export function stopOnSignal(service: Pick<RunningService, 'stop'>): void {
  const logger = new Logger('Shutdown');
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.log(`${signal}: finishing what is in hand`);
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error instanceof Error ? error : String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
