import type { FactDefinition } from '#contracts/fact.js';
import { withRules } from './rules-schema.ts';
import { ContractTypes, type JsonSchema } from './type-schemas.ts';

/** An AsyncAPI 3 document; its shape is checked against the official schema by the spec. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: { title: string; version: string; description: string };
  defaultContentType: string;
  channels: Record<string, object>;
  operations: Record<string, object>;
  components: { messages: Record<string, object>; schemas: Record<string, JsonSchema> };
}

const CONTENT_TYPE = 'application/cloudevents+json';

/** The attributes that every event has (CloudEvents 1.0 in JSON, NL GOV profile). */
const envelope: JsonSchema = {
  type: 'object',
  description: 'CloudEvents 1.0, NL GOV profile. Attributes hold identifiers only; at most 64 KB.',
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: { type: 'string', minLength: 1, description: 'Identity of the event; a repeated one is the same event.' },
    source: { type: 'string', pattern: '^urn:nld:doorstroom:[a-z-]+$', description: 'The service that tells it.' },
    type: { type: 'string', pattern: '^nl\\.doorstroom\\.' },
    subject: { type: 'string', description: 'Identifier of what it is about.' },
    time: { type: 'string', format: 'date-time', description: 'When the change was committed, UTC.' },
    datacontenttype: { type: 'string', const: 'application/json' },
    partitionkey: { type: 'string', description: 'Events with the same key and type are in order of `sequence`.' },
    sequence: {
      type: 'string',
      pattern: '^\\d+$',
      description: 'Version of the aggregate; 0 where order means nothing.',
    },
    traceparent: { type: 'string', description: 'W3C trace context.' },
    data: { type: 'object' },
  },
  required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'partitionkey', 'sequence', 'data'],
};

/** Describes facts as AsyncAPI 3: a channel, a message and a sending operation for each. */
export function asyncApiOf(facts: readonly FactDefinition<object>[], version: string): AsyncApiDocument {
  const types = new ContractTypes();
  const document: AsyncApiDocument = {
    asyncapi: '3.0.0',
    info: {
      title: 'Doorstroom events',
      version,
      description:
        'What the services of Doorstroom tell each other, as CloudEvents on NATS JetStream. Delivered at least once: ' +
        'handle an event by its id. Events grow by adding fields; ignore what you do not know.',
    },
    defaultContentType: CONTENT_TYPE,
    channels: {},
    operations: {},
    components: { messages: {}, schemas: { CloudEvent: envelope } },
  };
  for (const fact of facts) {
    const name = fact.data.name;
    const { schemas, messages } = document.components;
    schemas[name] = withRules(types.schemaOfClass(name), fact.data);
    schemas[`${name}Event`] = {
      allOf: [
        { $ref: '#/components/schemas/CloudEvent' },
        {
          type: 'object',
          properties: {
            type: { type: 'string', const: fact.type },
            data: { $ref: `#/components/schemas/${name}` },
          },
        },
      ],
    };
    messages[name] = {
      name: fact.type,
      title: name,
      summary: fact.summary,
      contentType: CONTENT_TYPE,
      payload: { $ref: `#/components/schemas/${name}Event` },
    };
    document.channels[name] = {
      address: fact.subject,
      description: `Stream ${fact.stream}.`,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
    };
    document.operations[`send${name}`] = {
      action: 'send',
      channel: { $ref: `#/channels/${name}` },
      summary: fact.summary,
      tags: [{ name: fact.service }],
      messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
    };
  }
  return document;
}
