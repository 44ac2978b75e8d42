import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { constants } from 'node:zlib';
import { Refusal } from '#contracts/refusal.js';
import { openSpan, withTrace } from '#messaging/trace.js';
import { type GatewayConfig, isSecure } from '../gateway.config.js';
import type { Authenticator } from '../sign-in/authenticator.js';
import { rateKeyOf } from '../sign-in/identity.js';
import { isApi } from './api-path.js';
import { correlationIdOf, decorateRequests } from './request-state.js';

/** Version of the interface; grows with what is added, never with what changes meaning. */
export const API_VERSION = '1.0.0';
/** Largest uploaded file, bytes. */
export const UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024;
const MINUTE_MS = 60_000;
/** A connected system speaks for a whole institution. */
const SYSTEM_FACTOR = 10;

/** What holds for every request: trace, headers, who asks, how often, how large. In this order. */
export async function guardTheDoor(
  fastify: FastifyInstance,
  config: GatewayConfig,
  authenticator: Authenticator,
): Promise<void> {
  decorateRequests(fastify);
  traceRequests(fastify);
  await fastify.register(helmet, securityHeaders(config));
  await fastify.register(cookie);
  fastify.addHook('onRequest', async (request) => {
    if (needsIdentity(request.url)) await authenticator.authenticate(request);
  });
  await fastify.register(rateLimit, rateLimits(config));
  fastify.addHook('onRequest', (request, _reply, done) => {
    refusePacked(request);
    done();
  });
  await fastify.register(compress, {
    global: true,
    globalDecompression: false,
    threshold: 1_024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  await fastify.register(multipart, {
    limits: { fileSize: UPLOAD_LIMIT_BYTES, files: 1, fields: 10, fieldSize: 1_000 },
  });
  // Fastify reads plain text by itself; nothing of ours takes it.
  fastify.removeContentTypeParser('text/plain');
}

/** Answers are packed, questions never: what unpacks to more than was measured is no concern of ours then. */
function refusePacked({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') {
    throw Refusal.of('media-type-unsupported', { params: { allowed: 'content-encoding: identity' } });
  }
}

function traceRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const header = request.headers.traceparent;
    const { method, routeOptions } = request;
    // The path as it stands in the table: paths as they are asked hold identifiers.
    const name = routeOptions.url === undefined ? method : `${method} ${routeOptions.url}`;
    const attributes = {
      'http.request.method': method,
      ...(routeOptions.url === undefined ? {} : { 'http.route': routeOptions.url }),
    };
    const incoming = typeof header === 'string' ? header : undefined;
    const { trace, span } = openSpan({ name, kind: SpanKind.SERVER, attributes }, incoming);
    request.trace = trace;
    // Also when the asker leaves before the answer: then the stream closes.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    reply.header('x-correlation-id', correlationIdOf(request));
    if (isApi(request.url)) reply.header('api-version', API_VERSION).header('cache-control', 'no-store');
    withTrace(request.trace, done);
  });
  // Reading a body leaves the context of the hook above; controllers run in this one.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.trace) withTrace(request.trace, done);
    else done();
  });
}

function securityHeaders(config: GatewayConfig) {
  const secure = isSecure(config);
  const own = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: own,
        scriptSrc: own,
        styleSrc: own,
        imgSrc: own,
        fontSrc: own,
        connectSrc: own,
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: [...own, new URL(config.OIDC_ISSUER).origin],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' as const },
  };
}

function rateLimits(config: GatewayConfig) {
  return {
    global: true,
    hook: 'onRequest' as const,
    timeWindow: MINUTE_MS,
    cache: 20_000,
    // Probes come from the machine itself and must not be turned away. The parts of the app are dozens of files per first
    // visit: one office behind one address would use up its turn on them, and be left with a page that never finishes.
    allowList: ({ url }: FastifyRequest) => url.startsWith('/health/') || url.startsWith('/assets/'),
    keyGenerator: (request: FastifyRequest) =>
      request.identity ? rateKeyOf(request.identity) : `address:${request.ip}`,
    max: ({ identity }: FastifyRequest) => {
      if (identity === null) return config.ANONYMOUS_LIMIT_PER_MINUTE;
      const isSystem = identity.via === 'token' && identity.isSystem;
      return config.RATE_LIMIT_PER_MINUTE * (isSystem ? SYSTEM_FACTOR : 1);
    },
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) =>
      Refusal.of('too-many-requests', { params: { seconds: Math.max(1, Math.ceil(ttl / 1_000)) } }),
  };
}

/** Files of the web app and probes need to know of nobody. */
function needsIdentity(url: string): boolean {
  return isApi(url) || url.startsWith('/auth/');
}
