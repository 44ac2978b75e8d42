import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusalCode, refusalTexts } from '#contracts/refusal-texts.js';
import {
  type OutsideEventAnswer,
  type OutsideEventAnswers,
  receiveOutsideEvents,
} from '#contracts/registration/outside-events.js';
import { Bus } from '#messaging/bus.js';
import type { OwnRoute } from '../http/route.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { readEvents } from './read-events.js';

/** An event as it may come in; which data belong to which type is told in the documentation of `POST /v1/events`. */
const cloudEvent = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'data'],
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: { type: 'string', minLength: 1, description: 'The same id and source is the same event.' },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string', examples: ['nl.doorstroom.housing.arrival-reported.v1'] },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { type: 'string', const: 'application/json' },
    data: { type: 'object' },
  },
};

/** Below the largest message of the broker. */
const BODY_LIMIT_BYTES = 900 * 1024;

/** `POST /v1/events`: housing changes of connected systems, as CloudEvents. */
@Injectable()
export class OutsideEventsRoute {
  constructor(private readonly bus: Bus) {}

  operation(): OwnRoute {
    return {
      method: 'POST',
      path: '/v1/events',
      tag: 'events',
      summary: 'Report housing changes as CloudEvents: one, or a batch of at most 200; each gets its own answer',
      allow: receiveOutsideEvents.allow,
      replies: 'OutsideEventAnswers',
      accepts: {
        'application/cloudevents+json': cloudEvent,
        'application/cloudevents-batch+json': { type: 'array', maxItems: 200, items: cloudEvent },
      },
      bodyLimit: BODY_LIMIT_BYTES,
      handle: (request, reply, caller) => caller && this.receive(request, reply, caller),
    };
  }

  /** A batch is answered with 200 whatever its answers say; a single event with the status of its own answer. */
  private async receive(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<OutsideEventAnswers> {
    const { events, isBatch } = readEvents(request);
    if (events.length === 0) return { answers: [] };
    const answers = await this.bus.ask(
      receiveOutsideEvents,
      { events: [...events] },
      await caller.token(receiveOutsideEvents.service),
    );
    const [only] = answers.answers;
    if (!isBatch && only !== undefined) reply.code(statusOf(only));
    return answers;
  }
}

/** HTTP status of one answer. */
export function statusOf({ outcome, code }: OutsideEventAnswer): number {
  if (outcome === 'waiting') return 202;
  if (outcome !== 'refused') return 200;
  return code !== undefined && isRefusalCode(code) ? refusalTexts[code].status : 422;
}
