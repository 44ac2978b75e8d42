import { fork } from 'node:child_process';
import { Get, Module, Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Nest on Fastify with one route and nothing else, in a process of its own. Decorators are applied by hand: no build. */
export async function startBareRoute(body: object): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = fork(import.meta.filename, [JSON.stringify(body)], { env: { ...process.env, BARE_ROUTE: '1' } });
  const url = await new Promise<string>((resolve) => {
    child.once('message', (message) => resolve(typeof message === 'string' ? message : ''));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill();
    });
  return { url, stop };
}

if (process.env['BARE_ROUTE'] === '1') {
  const body: unknown = JSON.parse(process.argv[2] ?? '{}');
  class BareController {
    get(): unknown {
      return body;
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(BareController.prototype, 'get');
  if (descriptor) Get()(BareController.prototype, 'get', descriptor);
  Controller('bare')(BareController);
  const module = { module: BareController, controllers: [BareController] };
  Module({})(BareController);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  process.send?.(`${await app.getUrl()}/bare`);
}
