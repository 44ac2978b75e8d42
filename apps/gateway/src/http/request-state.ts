import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Refusal } from '#contracts/refusal.js';
import type { Trace } from '#messaging/trace.js';
import type { Identity } from '../sign-in/identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Continued from `traceparent`, or a new one. */
    trace: Trace | null;
    /** Who asks; null when nobody signed in. */
    identity: Identity | null;
    /** Why a cookie or token that was sent was not accepted. */
    signInRefusal: Refusal | null;
  }
}

/** Reserves the fields that the hooks fill in, so that requests keep one shape. */
export function decorateRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('trace', null);
  fastify.decorateRequest('identity', null);
  fastify.decorateRequest('signInRefusal', null);
}

/** Shown to people with every error, and written in every log line of the request. */
export function correlationIdOf(request: FastifyRequest): string {
  return request.trace?.correlationId ?? 'unknown';
}
