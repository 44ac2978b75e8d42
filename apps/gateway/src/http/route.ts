import type { RequestDefinition } from '#contracts/request.js';

/** HTTP methods of the REST interface. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One REST operation, as data: the gateway has no rules (design.md §1), it maps HTTP onto a request of a service. The
 * payload is put together from, in this order of precedence: path parameters, `If-Match` (as `expectedVersion`),
 * `Idempotency-Key` (as `idempotencyKey`), query, body; only fields that the payload class knows are accepted, and
 * it is validated here, once. Routes are read by the router, OpenAPI, the role matrix test and the documentation.
 */
export interface Route<P extends object, R> {
  method: Method;
  /** OpenAPI style: `/v1/clients/{clientId}`. */
  path: string;
  request: RequestDefinition<P, R>;
  /** Group in the documentation. */
  tag: string;
  /** One line for the documentation. */
  summary: string;
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
export type AnyRoute = Route<object, unknown>;

/** Checks a route against its request's types and forgets them. */
export function route<P extends object, R>(definition: Route<P, R>): Route<P, R> {
  return definition;
}
