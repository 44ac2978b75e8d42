import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type GatewayConfig, trustedProxies } from '../gateway.config.js';
import { continueTrace } from '#messaging/trace.js';
import { answerError, JSON_LIMIT_BYTES } from './error-handler.js';
import './request-state.js';

/** Path parameters hold identifiers, of at most 100 characters. */
const PARAMETER_LIMIT = 200;

/**
 * Nest's Fastify adapter, without the answers to errors and unknown paths that Nest brings along: error-handler.ts and
 * not-found.ts answer those, in one shape for controllers and routes.
 */
export class GatewayAdapter extends FastifyAdapter {
  constructor(config: GatewayConfig) {
    const proxies = trustedProxies(config);
    super({
      bodyLimit: JSON_LIMIT_BYTES,
      trustProxy: proxies.length > 0 ? proxies : false,
      routerOptions: { maxParamLength: PARAMETER_LIMIT, ignoreTrailingSlash: false },
      // A slow sender may not hold a connection for ever; live streams are answers, which this does not bound.
      requestTimeout: 120_000,
      return503OnClosing: false,
      // An address that the router cannot read is refused before any hook ran.
      frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
        request.trace = continueTrace(undefined);
        answerError(error, request, reply);
      },
    });
  }

  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance();
  }
}
