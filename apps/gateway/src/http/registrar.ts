import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#contracts/refusal.js';
import { Bus } from '#messaging/bus.js';
import { withTrace } from '#messaging/trace.js';
import { CallerResolver } from '../sign-in/caller-resolver.js';
import { isAllowed, type SignedInCaller } from '../sign-in/signed-in-caller.js';
import { isApi } from './api-path.js';
import { Names } from './names.js';
import { PayloadReader } from './payload-reader.js';
import type { AnyRoute, Operation, OwnRoute } from './route.js';
import { fillPath, routerPath } from './route-paths.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by the registrar alone: who may use the route is checked before it is handled. */
    isAdmissionChecked?: boolean;
  }
}

const ADMITS = { isAdmissionChecked: true };

/** Makes an operation that does not say whom it admits impossible: it stops the start. */
export function needAdmissionOfAll(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', ({ url, method, config }) => {
    if (isApi(url) && config?.isAdmissionChecked !== true) {
      throw new Error(`${String(method)} ${url} is in no route table: make it a route or an OwnRoute (http/route.ts)`);
    }
  });
}

/** Turns route tables into routes: authorise, read the payload, ask the service, answer. No rule lives here. */
@Injectable()
export class Registrar {
  constructor(
    private readonly bus: Bus,
    private readonly callers: CallerResolver,
    private readonly names: Names,
  ) {}

  /**
   * Registers the routes of the tables and those that the gateway answers by itself.
   * @throws Error at start when an operation admits nobody: that is an oversight, not a decision.
   */
  register(fastify: FastifyInstance, routes: readonly AnyRoute[], ownRoutes: readonly OwnRoute[]): void {
    for (const route of routes) {
      needAdmission(route, route.request.allow);
      const reader = new PayloadReader(route.request.payload);
      fastify.route({
        method: route.method,
        url: routerPath(route.path),
        config: ADMITS,
        handler: (request, reply) => inTrace(request, () => this.answer(route, reader, request, reply)),
      });
    }
    for (const route of ownRoutes) {
      needAdmission(route, route.allow);
      fastify.route({
        method: route.method,
        url: routerPath(route.path),
        config: ADMITS,
        ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
        handler: (request, reply) => inTrace(request, () => this.answerOwn(route, request, reply)),
      });
    }
  }

  private async answer(
    route: AnyRoute,
    reader: PayloadReader<object>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const caller = await this.callers.of(request);
    // Coarse: the service decides again, and about relations. Before the input is looked at, so that a role that may
    // not do this learns nothing about it.
    if (!isAllowed(route.request.allow, caller)) throw Refusal.of('not-permitted');
    const payload = await reader.read(request);
    const answer = await this.bus.ask(route.request, payload, await caller.token(route.request.service));
    return this.send(route, answer, caller, reply);
  }

  private async send(
    route: AnyRoute,
    answer: unknown,
    caller: SignedInCaller,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (route.status === 204 || answer === undefined || answer === null) return reply.code(204).send();
    if (isRecord(answer)) {
      const version = route.etag === undefined ? undefined : answer[route.etag];
      if (typeof version === 'number' || typeof version === 'string') reply.header('etag', `"${version}"`);
      if (route.location !== undefined) reply.header('location', fillPath(route.location, answer));
    }
    const shown = route.withNames === true ? await this.names.addTo(answer, caller) : answer;
    return reply.code(route.status ?? 200).send(shown);
  }

  private async answerOwn(route: OwnRoute, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const caller = route.allow === 'public' ? undefined : await this.callers.of(request);
    if (caller !== undefined && !isAllowed(route.allow, caller)) throw Refusal.of('not-permitted');
    return route.handle(request, reply, caller);
  }
}

function needAdmission({ method, path }: Operation, allow: readonly unknown[] | 'public'): void {
  if (allow.length === 0) throw new Error(`${method} ${path} admits nobody: name its roles in the contract`);
}

/** Everything that a handler awaits carries the trace of its request. */
function inTrace<T>(request: FastifyRequest, work: () => T): T {
  return request.trace ? withTrace(request.trace, work) : work();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
