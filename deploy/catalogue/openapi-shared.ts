import type { JsonSchema } from './type-schemas.ts';

/** The one error shape (apps/gateway/src/http/problem.ts). */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457). `code` is stable; texts are for people.',
  properties: {
    type: { type: 'string', pattern: '^urn:nld:doorstroom:problem:' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable code, for programs.' },
    detail: { type: 'string', description: 'What is wrong and what can be done, in the language of Accept-Language.' },
    correlationId: { type: 'string', description: 'To pass on to the operator.' },
    errors: {
      type: 'array',
      description: 'What is wrong per field.',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'As in JSON: `leaves[0].from`.' },
          code: { type: 'string' },
          nl: { type: 'string' },
          en: { type: 'string' },
        },
        required: ['path', 'code', 'nl', 'en'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'correlationId'],
};

const meanings = {
  '400': 'The input is not right; see `errors`.',
  '401': 'Not signed in, or no longer.',
  '403': 'Your role does not allow this.',
  '404': 'It does not exist, or you may not see it.',
  '412': 'It changed meanwhile, or `If-Match` is missing.',
  '429': 'Too many requests; see `Retry-After`.',
  '503': 'A part of the system cannot be reached just now; nothing was changed.',
  default: 'Refused by the rules, or something unexpected; see `code`.',
} as const;

/** Responses that every operation can give. */
export const sharedResponses: Record<string, object> = Object.fromEntries(
  Object.entries(meanings).map(([status, description]) => [
    `Problem${status}`,
    {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      ...(status === '429' ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } } : {}),
    },
  ]),
);

/** Headers of replies. */
export const sharedHeaders: Record<string, object> = {
  ApiVersion: { description: 'Version of the interface.', schema: { type: 'string' } },
  CorrelationId: { description: 'Names this request in logs; the same as in a problem.', schema: { type: 'string' } },
  ETag: { description: 'Version, for `If-Match`.', schema: { type: 'string' } },
  Location: { description: 'Where it is found.', schema: { type: 'string', format: 'uri-reference' } },
};
