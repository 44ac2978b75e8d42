import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { GatewayConfig } from '../gateway.config.js';
import type { OwnRoute } from '../http/route.js';

/** The descriptions of the interface as they are committed in docs/api; specs see to it that they are up to date. */
@Injectable()
export class ApiDocumentsRoute {
  private readonly texts = new Map<string, string>();

  constructor(private readonly config: GatewayConfig) {}

  operations(): OwnRoute[] {
    return [
      this.document('openapi.json', 'This description: every operation, with its schemas (OpenAPI 3.1)'),
      this.document('asyncapi.json', 'The events that services publish (AsyncAPI 3)'),
    ];
  }

  private document(name: string, summary: string): OwnRoute {
    return {
      method: 'GET',
      path: `/v1/${name}`,
      tag: 'documentation',
      summary,
      allow: 'public',
      handle: (_request, reply) => send(reply, this.read(name)),
    };
  }

  /** Read at the first question, then kept. */
  private read(name: string): string | undefined {
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const file = join(this.config.API_DOCUMENTS_DIR, name);
    if (!existsSync(file)) return undefined;
    const text = this.withServer(readFileSync(file, 'utf8'));
    this.texts.set(name, text);
    return text;
  }

  /** The committed text cannot know where it is served. */
  private withServer(text: string): string {
    return text.replaceAll('https://doorstroom.example', this.config.PUBLIC_URL.replace(/\/$/, ''));
  }
}

function send(reply: FastifyReply, text: string | undefined): FastifyReply {
  if (text === undefined) throw Refusal.of('not-found');
  return reply.header('cache-control', 'public, max-age=300').type('application/json; charset=utf-8').send(text);
}
