import type { PayloadClass } from '#contracts/request.js';
import { KEY_FIELD, VERSION_FIELD } from '#gateway/http/payload-reader.js';
import type { AnyRoute, Operation, OwnRoute } from '#gateway/http/route.js';
import { pathParameters } from '#gateway/http/route-paths.js';
import { exampleOf } from './example-of.ts';
import { problemSchema, sharedHeaders, sharedResponses } from './openapi-shared.ts';
import { outsideEventSchemas } from './outside-events.ts';
import { withRules } from './rules-schema.ts';
import { ContractTypes, type JsonSchema } from './type-schemas.ts';

/** An OpenAPI 3.1 document; the spec checks it with a validator. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, object>;
    headers: Record<string, object>;
    securitySchemes: Record<string, object>;
  };
}

export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters: object[];
  requestBody?: { required: boolean; content: Record<string, { schema: object; example?: object }> };
  responses: Record<string, object>;
}

/** Replaced by the real address where it is served. */
const SERVER = 'https://doorstroom.example';
const TYPES = ['libs/contracts/src', 'apps/gateway/src'];

/** Describes the REST interface from its route tables and the types of the contracts. */
export function openApiOf(
  routes: readonly AnyRoute[],
  ownRoutes: readonly OwnRoute[],
  version: string,
): OpenApiDocument {
  const types = new ContractTypes(TYPES, true);
  const paths: OpenApiDocument['paths'] = {};
  const add = ({ method, path }: Operation, operation: OperationObject): void => {
    (paths[path] ??= {})[method.toLowerCase()] = operation;
  };
  for (const route of routes) add(route, serviceOperation(route, types));
  const outside = outsideEventSchemas();
  for (const route of ownRoutes) add(route, ownOperation(route, types, outside.example));
  const names = types.schemaOfType('NamesBeside');
  const tags = [...new Set([...routes, ...ownRoutes].map(({ tag }) => tag))].sort();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Doorstroom',
      version,
      description:
        'Trajectregie: who stays where, who is told, who looked. Errors are problem+json (RFC 9457) with a stable code ' +
        'and texts in Dutch and English. What a caller may do follows from their role and relations.',
    },
    servers: [{ url: SERVER }],
    tags: tags.map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b))),
    components: {
      schemas: sorted({
        ...types.components,
        ...outside.schemas,
        Problem: problemSchema,
        ...('$ref' in names ? {} : { NamesBeside: names }),
      }),
      responses: sharedResponses,
      headers: sharedHeaders,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'ds_session',
          description:
            'Sign in at /auth/sign-in. `__Host-ds_session` over TLS. Changes also need the header `x-csrf-token` with the ' +
            'token that `GET /v1/me` gives.',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Access token of the issuer for the audience `urn:doorstroom:api`; client credentials for systems.',
        },
      },
    },
  };
}

function serviceOperation(route: AnyRoute, types: ContractTypes): OperationObject {
  const reply = types.schemaOfReply(route.request.subject);
  const shown: JsonSchema =
    route.withNames === true ? { allOf: [reply, { $ref: '#/components/schemas/NamesBeside' }] } : reply;
  const status = route.status ?? 200;
  const payload = withRules(types.schemaOfClass(route.request.payload.name), route.request.payload, types.components);
  return {
    ...shared(route, route.request.allow),
    ...inputOf(route, payload, route.examples?.body),
    responses: {
      [status]:
        status === 204
          ? { description: 'Done', headers: replyHeaders(route) }
          : success(route, { 'application/json': replyContent(shown, route, types) }),
      ...refusals(payload),
    },
  };
}

/** A reply with an example: the one by hand, or one that is made from its schema. */
function replyContent(schema: JsonSchema, { examples, withNames }: AnyRoute, types: ContractTypes): object {
  // By hand without names is still an example of the whole where names are optional beside it.
  const example =
    examples?.reply ?? exampleOf(withNames === true ? (schema.allOf?.[0] ?? schema) : schema, types.components);
  return jsonContent(schema, example);
}

function ownOperation(route: OwnRoute, types: ContractTypes, event: object): OperationObject {
  const { parameters, produces, accepts, replies } = route;
  const payload: JsonSchema = parameters
    ? withRules(schemaOfFields(types, parameters), parameters)
    : { properties: {} };
  const kinds = (produces ?? 'application/json').split(',').map((kind) => kind.replace(/;.*/, '').trim());
  const schema = replies === undefined ? {} : types.schemaOfType(replies);
  const content = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      kind === 'application/json' && replies !== undefined
        ? jsonContent(schema, exampleOf(schema, types.components))
        : { schema: kind === 'application/json' ? schema : { type: 'string' } },
    ]),
  );
  const bodies = Object.entries(accepts ?? {}).map(([kind, body]) => [kind, bodyOf(kind, body, event)] as const);
  return {
    ...shared(route, route.allow),
    ...inputOf(route, payload, undefined),
    ...(bodies.length === 0 ? {} : { requestBody: { required: true, content: Object.fromEntries(bodies) } }),
    responses: { 200: success(route, content), ...refusals(payload) },
  };
}

/** What a kind of content holds. Events are described by the data of their type, which the gateway does not know. */
function bodyOf(kind: string, schema: object, event: object): { schema: object; example?: object } {
  const ref = { $ref: '#/components/schemas/OutsideEvent' };
  if (kind === 'application/cloudevents+json') return { schema: ref, example: event };
  if (kind !== 'application/cloudevents-batch+json') return { schema };
  return { schema: { ...schema, items: ref }, example: [event] };
}

function schemaOfFields(types: ContractTypes, type: PayloadClass<object>): JsonSchema {
  return types.schemaOfClass(type.name);
}

function shared(
  operation: Operation,
  allow: readonly string[] | 'public',
): Omit<OperationObject, 'parameters' | 'responses'> {
  const isPublic = allow === 'public';
  return {
    operationId: operationId(operation),
    tags: [operation.tag],
    summary: operation.summary,
    description: isPublic ? 'Needs no sign-in.' : `For: ${allow.join(', ')}.`,
    security: isPublic ? [] : [{ session: [] }, { bearer: [] }],
  };
}

/** `GET /v1/clients/{clientId}/housing` → `getClientsByClientIdHousing`. */
function operationId({ method, path }: Operation): string {
  const words = path
    .replace(/^\/v1\//, '')
    .split(/[/.-]/)
    .map((word) =>
      word.replace(/^\{(\w)(\w*)\}$/, (_, first: string, rest: string) => `By${first.toUpperCase()}${rest}`),
    )
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${method.toLowerCase()}${words.join('')}`;
}

/** Where each field of the payload stands in the request. */
function inputOf(
  { method, path }: Operation,
  { properties = {}, required = [], description }: JsonSchema,
  example: object | undefined,
): Pick<OperationObject, 'parameters' | 'requestBody'> {
  const inPath = pathParameters(path);
  const parameter = (name: string, place: string, schema: JsonSchema, isRequired: boolean, title = name) => {
    const { description: meaning, ...rest } = schema;
    const text = meaning === undefined ? {} : { description: meaning };
    return { name: title, in: place, required: isRequired, ...text, schema: rest };
  };
  const isNeeded = (name: string): boolean => required.includes(name);
  const parameters: object[] = inPath.map((name) =>
    parameter(name, 'path', properties[name] ?? { type: 'string' }, true),
  );
  const version = properties[VERSION_FIELD];
  if (version) {
    const schema: JsonSchema = { type: 'string', pattern: '^"\\d+"$', description: 'The ETag that you saw last.' };
    parameters.push(parameter('', 'header', schema, isNeeded(VERSION_FIELD), 'If-Match'));
  }
  const key = properties[KEY_FIELD];
  if (key) {
    const schema = { ...key, description: 'The same key with the same content does it once.' };
    parameters.push(parameter('', 'header', schema, isNeeded(KEY_FIELD), 'Idempotency-Key'));
  }
  const elsewhere = new Set([...inPath, VERSION_FIELD, KEY_FIELD]);
  const rest = Object.entries(properties).filter(([name]) => !elsewhere.has(name));
  if (method === 'GET' || method === 'DELETE') {
    for (const [name, schema] of rest) parameters.push(parameter(name, 'query', schema, isNeeded(name)));
    return { parameters };
  }
  if (rest.length === 0) return { parameters };
  const needed = rest.map(([name]) => name).filter(isNeeded);
  const schema: JsonSchema = {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(rest),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  };
  return {
    parameters,
    requestBody: { required: needed.length > 0, content: { 'application/json': jsonContent(schema, example) } },
  };
}

function jsonContent(schema: JsonSchema, example: unknown) {
  return typeof example === 'object' && example !== null ? { schema, example } : { schema };
}

function success(route: Operation & { etag?: string; location?: string }, content: object): object {
  return { description: 'Done', headers: replyHeaders(route), content };
}

function replyHeaders({ etag, location }: { etag?: string; location?: string }): object {
  const ref = (name: string) => ({ $ref: `#/components/headers/${name}` });
  return {
    'API-Version': ref('ApiVersion'),
    'x-correlation-id': ref('CorrelationId'),
    ...(etag === undefined ? {} : { ETag: ref('ETag') }),
    ...(location === undefined ? {} : { Location: ref('Location') }),
  };
}

function refusals({ properties = {} }: JsonSchema): Record<string, object> {
  const statuses = [
    '400',
    '401',
    '403',
    '404',
    ...(VERSION_FIELD in properties ? ['412'] : []),
    '429',
    '503',
    'default',
  ];
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a.localeCompare(b)));
}
