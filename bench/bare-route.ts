import { fork } from 'node:child_process';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { MongoClient } from 'mongodb';

export interface BareRoute {
  url: string;
  stop: () => Promise<void>;
}

/**
 * Nest on Fastify with one route and nothing else, in a process of its own. Decorators are applied by hand: no build.
 * @param mongoUrl given when the route has to read what it gives from the database, and to store a line durably before
 */
export async function startBareRoute(body: object, mongoUrl = ''): Promise<BareRoute> {
  const env = { ...process.env, BARE_ROUTE: '1' };
  const child = fork(import.meta.filename, [JSON.stringify(body), mongoUrl], { env });
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

/** The steps that cannot be left out: what is asked is read, and that it was read is stored. */
async function durableSteps(mongoUrl: string, body: object): Promise<() => Promise<unknown>> {
  const mongo = await new MongoClient(mongoUrl, { writeConcern: { w: 'majority' } }).connect();
  const database = mongo.db(`bare_${process.pid}`);
  const files = database.collection<{ _id: number; body: object }>('files');
  const lines = database.collection<{ text: string }>('lines');
  await files.insertOne({ _id: 1, body });
  const text = 'x'.repeat(600);
  return async () => {
    const file = await files.findOne({ _id: 1 });
    await lines.insertOne({ text });
    return file?.body;
  };
}

if (process.env['BARE_ROUTE'] === '1') {
  const body = JSON.parse(process.argv[2] ?? '{}') as object;
  const mongoUrl = process.argv[3] ?? '';
  const answer = mongoUrl === '' ? () => Promise.resolve(body) : await durableSteps(mongoUrl, body);
  class BareController {
    get(): Promise<unknown> {
      return answer();
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
