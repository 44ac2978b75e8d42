import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import type { WebApp } from '../web-app/web-app.js';
import { isApi } from './api-path.js';
import { sendProblem } from './problem.js';
import type { Operation } from './route.js';
import { PathMethods } from './route-paths.js';

/** What no route answers: a page of the web app, a method that a path does not know (405), or nothing (404). */
export function handleNotFound(fastify: FastifyInstance, operations: readonly Operation[], webApp: WebApp): void {
  const known = new PathMethods(operations);
  const limit = fastify.rateLimit();
  // The plugin counts routes by itself; asking for what is not there costs the check of who asks all the same.
  const preHandler: preHandlerAsyncHookHandler = async function (request, reply) {
    if (isApi(request.url)) await limit.call(this, request, reply);
  };
  fastify.setNotFoundHandler({ preHandler }, (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (isPage(request, path) && webApp.isBuilt) return webApp.sendIndex(reply);
    const allowed = isApi(path) ? known.of(path) : [];
    if (allowed.length === 0) return sendProblem(request, reply, Refusal.of('not-found'));
    const methods = [...new Set(allowed)].join(', ');
    reply.header('allow', methods);
    return sendProblem(request, reply, Refusal.of('method-not-allowed', { params: { allowed: methods } }));
  });
}

/** Pages of the web app have addresses of their own that only the browser knows; files have an ending. */
function isPage({ method, headers }: FastifyRequest, path: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (isApi(path) || /^\/(auth|health|metrics)(\/|$)/.test(path) || /\.\w+$/.test(path)) return false;
  return headers.accept === undefined || /text\/html|\*\/\*/.test(headers.accept);
}
