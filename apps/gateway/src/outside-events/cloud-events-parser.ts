import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { isTooDeep } from '../http/json-form.js';

/** One CloudEvent in structured mode. */
export const SINGLE_TYPE = 'application/cloudevents+json';
/** Several in batched mode. */
export const BATCH_TYPE = 'application/cloudevents-batch+json';

/** A body of CloudEvents, told apart from any other JSON so that no other route takes it for its own. */
export class CloudEventsBody {
  constructor(readonly content: unknown) {}
}

/** Teaches the HTTP server the content types of CloudEvents. */
@Injectable()
export class CloudEventsParser implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    // The gateway runs on Fastify (start-gateway.ts); Nest's type leaves that open.
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser([SINGLE_TYPE, BATCH_TYPE], { parseAs: 'string' }, (_request, body, done) => {
      try {
        const content: unknown = JSON.parse(body.toString());
        if (isTooDeep(content)) done(Refusal.of('malformed-body'));
        else done(null, new CloudEventsBody(content));
      } catch {
        done(Refusal.of('malformed-body'));
      }
    });
  }
}
