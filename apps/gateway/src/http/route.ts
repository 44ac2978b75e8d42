import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker, PayloadClass, RequestDefinition } from '#contracts/request.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';

/** HTTP methods of the REST interface. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** What every operation of the interface has, whoever answers it. */
export interface Operation {
  method: Method;
  /** OpenAPI style: `/v1/clients/{clientId}`. */
  path: string;
  /** Group in the documentation. */
  tag: string;
  /** One line for the documentation. */
  summary: string;
}

/**
 * One REST operation, as data: the gateway has no rules (design.md §1), it maps HTTP onto a request of a service. The
 * payload is put together from, in this order of precedence: path parameters, `If-Match` (as `expectedVersion`),
 * `Idempotency-Key` (as `idempotencyKey`), query, body; only fields that the payload class knows are accepted, and
 * it is validated here, once. Routes are read by the router, OpenAPI, the role matrix test and the documentation.
 */
export interface Route<P extends object, R> extends Operation {
  request: RequestDefinition<P, R>;
  /** Status of success; 200 when absent. */
  status?: 200 | 201 | 202 | 204;
  /** Field of the reply that is the version, sent as `ETag`. */
  etag?: keyof R & string;
  /** Where a created thing is found, with reply fields in braces: `/v1/clients/{clientId}`. */
  location?: string;
  /** Examples for the documentation: a payload body and a reply, with synthetic data. */
  examples?: { body?: object; reply?: R };
  /** Adds display names to the reply (see names.ts); identifiers stay. */
  withNames?: boolean;
}

/** Any route, where its types do not matter. */
export interface AnyRoute extends Omit<Route<object, unknown>, 'etag'> {
  etag?: string;
}

/** Checks a route against its request's types and forgets them. */
export function route<P extends object, R>(definition: Route<P, R>): AnyRoute {
  return definition;
}

/**
 * An operation that the gateway answers by itself (who am I, the live stream, an upload): a function instead of a
 * request. It is in the role matrix like every other.
 */
export interface OwnRoute extends Operation {
  /** Who may ask at all; `public` needs no sign-in. Default deny: an empty list admits nobody. */
  allow: readonly Asker[] | 'public';
  /** What it answers, for the documentation; `stream` when it is no JSON. */
  produces?: string;
  /** For the documentation: the name of the reply's type, in the contracts or the gateway. */
  replies?: string;
  /** For the documentation: kinds of content that it takes, with what is in them. */
  accepts?: Record<string, object>;
  /** Class whose fields are the path and query parameters. */
  parameters?: PayloadClass<object>;
  /** Largest body in bytes, where it is not that of JSON. */
  bodyLimit?: number;
  /** What is returned becomes the JSON reply, unless the reply was sent. */
  handle: (request: FastifyRequest, reply: FastifyReply, caller: SignedInCaller | undefined) => unknown;
}
