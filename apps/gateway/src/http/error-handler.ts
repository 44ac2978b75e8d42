import { HttpException, Logger } from '@nestjs/common';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { withTrace } from '#messaging/trace.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { sendProblem } from './problem.js';
import { correlationIdOf } from './request-state.js';

const logger = new Logger('Http');

/** Largest JSON body, bytes. */
export const JSON_LIMIT_BYTES = 1024 * 1024;

/** Every error of every route ends here: what the rules refused keeps its words, anything else shows nothing internal. */
export function handleErrors(fastify: FastifyInstance): void {
  fastify.setErrorHandler((error: unknown, request, reply) => answerError(error, request, reply));
}

/** Answers an error as problem+json. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request);
  if (refusal.status === 500) logUnexpected(error, request);
  return sendProblem(request, reply, refusal);
}

function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpException) return ofStatus(error.getStatus(), request);
  // Of the database with the sessions: who asks cannot be known until it is back.
  if (isStorageAway(error)) {
    return Refusal.of('storage-unavailable', { params: { correlationId: correlationIdOf(request) } });
  }
  if (isFastifyError(error)) return ofFastify(error, request);
  return unexpected(request);
}

function ofFastify(error: FastifyError, request: FastifyRequest): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return Refusal.of('body-too-large', { params: { max: limitText(request) } });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return Refusal.of('media-type-unsupported', { params: { allowed: 'application/json' } });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return Refusal.of('malformed-body');
    default:
      return ofStatus(error.statusCode ?? (error instanceof SyntaxError ? 400 : 500), request);
  }
}

function ofStatus(status: number, request: FastifyRequest): Refusal {
  switch (status) {
    case 400:
      return Refusal.of('malformed-body');
    case 404:
    case 414:
      return Refusal.of('not-found');
    case 413:
      return Refusal.of('body-too-large', { params: { max: limitText(request) } });
    case 415:
      return Refusal.of('media-type-unsupported', { params: { allowed: 'application/json' } });
    case 503:
      return Refusal.of('service-unavailable');
    default:
      return unexpected(request);
  }
}

function unexpected(request: FastifyRequest): Refusal {
  return Refusal.of('unexpected', { params: { correlationId: correlationIdOf(request) } });
}

function limitText(request: FastifyRequest): string {
  return `${Math.round(request.routeOptions.bodyLimit / (1024 * 1024))} MB`;
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('code' in error || 'statusCode' in error);
}

function logUnexpected(error: unknown, request: FastifyRequest): void {
  const log = (): void => logger.error(error instanceof Error ? error : new Error(String(error)));
  if (request.trace) withTrace(request.trace, log);
  else log();
}
