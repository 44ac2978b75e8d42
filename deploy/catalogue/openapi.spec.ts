import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allRoutes } from '#gateway/routes/index.js';
import { catalogue } from './catalogue.js';
import type { OpenApiDocument, OperationObject } from './openapi.js';

const document = JSON.parse(catalogue()['docs/api/openapi.json']!) as OpenApiDocument;

function operationOf(method: string, path: string): OperationObject {
  const found = document.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`${method} ${path} is not described`);
  return found;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
/** What is wrong with a value by a schema of the document. */
function problemsWith(schema: object, value: unknown): string[] {
  const validate = ajv.compile({ ...schema, components: document.components });
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the OpenAPI document', () => {
  it('is valid by the official schema of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    const result = await validator.validate(plain);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/#\/components\/(\w+)\/([\w-]+)"/g)) {
      expect(Object.keys(document.components[kind as keyof OpenApiDocument['components']])).toContain(name);
    }
  });

  it('describes every operation once, with its problems and who may use it', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThanOrEqual(allRoutes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { method, path, request } of allRoutes) {
      const operation = operationOf(method, path);
      expect(operation.description).toBe(`For: ${request.allow.join(', ')}.`);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', 'default']));
    }
  });

  it('has an example of every JSON that it takes or gives, and each fits', () => {
    const wrong: string[] = [];
    const missing: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { requestBody, responses }] of Object.entries(methods)) {
        const replies = Object.values(responses) as {
          content?: Record<string, { schema: object; example?: unknown }>;
        }[];
        for (const content of [requestBody?.content, ...replies.map((reply) => reply.content)]) {
          for (const [kind, { schema, example }] of Object.entries(content ?? {})) {
            // The descriptions themselves are whatever they are.
            if (!/json$/.test(kind) || Object.keys(schema).length === 0) continue;
            if (example === undefined) missing.push(`${method} ${path} ${kind}`);
            else wrong.push(...problemsWith(schema, example).map((problem) => `${method} ${path} ${kind} ${problem}`));
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(missing).toEqual([]);
  });

  it('says what stands inside lists and objects', () => {
    const { schema } = operationOf('POST', '/v1/clients').requestBody!.content['application/json']!;
    const client = { familyName: 'Bakker', contactPersons: [{ name: 'Els', relation: 'parent' }] };
    expect(problemsWith(schema, client)).toEqual([]);
    expect(problemsWith(schema, { ...client, contactPersons: [{ name: '', relation: 'parent' }] })).not.toEqual([]);
    expect(problemsWith(schema, { ...client, contactPersons: [{ name: 'Els', relation: 'stranger' }] })).not.toEqual(
      [],
    );
    const many = Array.from({ length: 21 }, () => client.contactPersons[0]);
    expect(problemsWith(schema, { ...client, contactPersons: many })).not.toEqual([]);
  });

  it('says which data belong to which type of event', () => {
    const content = operationOf('POST', '/v1/events').requestBody!.content;
    const { schema, example } = content['application/cloudevents+json']!;
    const event = example as { data: object };
    expect(problemsWith(schema, event)).toEqual([]);
    expect(problemsWith(schema, { ...event, data: { clientNumber: 'HV-1' } })).not.toEqual([]);
    const leave = { ...event, type: 'nl.doorstroom.housing.leave-reported.v1' };
    const data = { clientNumber: 'HV-1', date: '2026-03-01', reason: 'family-visit' };
    expect(problemsWith(schema, { ...leave, data })).toEqual([]);
    expect(problemsWith(schema, { ...leave, data: { ...data, reason: 'weather' } })).not.toEqual([]);
    expect(problemsWith(schema, { ...event, type: 'nl.doorstroom.housing.vanished.v1' })).not.toEqual([]);
  });

  const withBody = allRoutes.filter(({ examples }) => examples?.body !== undefined);
  it.each(withBody.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'has an example that fits for the body of %s',
    (_key, { method, path, examples }) => {
      const schema = operationOf(method, path).requestBody?.content['application/json']?.schema;
      expect(schema === undefined ? [] : problemsWith(schema, examples?.body)).toEqual([]);
    },
  );

  const withReply = allRoutes.filter(({ examples }) => examples?.reply !== undefined);
  it.each(withReply.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'has an example that fits for the reply of %s',
    (_key, { method, path, status, examples }) => {
      const response = operationOf(method, path).responses[String(status ?? 200)] as {
        content: Record<string, { schema: object }>;
      };
      expect(problemsWith(response.content['application/json']!.schema, examples?.reply)).toEqual([]);
    },
  );

  it('says what a field holds, so that a wrong value does not fit', () => {
    const body = operationOf('POST', '/v1/clients/{clientId}/housing-changes').requestBody;
    const { schema } = body!.content['application/json']!;
    const arrival = { kind: 'arrival', placeId: 'place-1', from: '2026-03-01' };
    expect(problemsWith(schema, arrival)).toEqual([]);
    expect(problemsWith(schema, { ...arrival, kind: 'vanished' })).not.toEqual([]);
    expect(problemsWith(schema, { ...arrival, from: '1 March' })).not.toEqual([]);
    expect(problemsWith(schema, { ...arrival, bsn: '123456782' })).not.toEqual([]);
  });
});
