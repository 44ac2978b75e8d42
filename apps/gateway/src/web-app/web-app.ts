import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';

const YEAR_SECONDS = 31_536_000;

/** The built web app: files with a hash in their name for ever, the page itself never from a cache. */
@Injectable()
export class WebApp {
  private readonly root: string;
  private readonly index: string | undefined;

  constructor(config: GatewayConfig) {
    this.root = resolve(config.WEB_DIR);
    const file = join(this.root, 'index.html');
    this.index = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (this.index === undefined)
      new Logger(WebApp.name).warn(`no web app in ${config.WEB_DIR}; only the API is served`);
  }

  /** False when the web app was not built; then its pages do not exist. */
  get isBuilt(): boolean {
    return this.index !== undefined;
  }

  async register(fastify: FastifyInstance): Promise<void> {
    if (!this.isBuilt) return;
    await fastify.register(fastifyStatic, {
      root: this.root,
      index: false,
      // Only the files that there are: everything else is a page of the app, or nothing.
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(this.root, 'assets/'));
        void reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      },
    });
  }

  /** The one page; which view it shows is the browser's business. */
  sendIndex(reply: FastifyReply): FastifyReply {
    return reply.code(200).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(this.index);
  }
}
