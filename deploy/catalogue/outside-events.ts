import { outsideEventTypes } from '#contracts/registration/outside-events.js';
import { ContractTypes, type JsonSchema } from './type-schemas.ts';

/** Where the data of each type of event stand, one class per type. */
const DATA = ['apps/registration/src/outside', 'libs/contracts/src'];

/** An event of a connected system: the attributes that all have, and the data of its type. */
export interface OutsideEventSchemas {
  readonly schemas: Record<string, JsonSchema>;
  readonly example: object;
}

/** Describes the events that `POST /v1/events` takes: one schema per type, and one of them all. */
export function outsideEventSchemas(): OutsideEventSchemas {
  const types = new ContractTypes(DATA);
  const schemas: Record<string, JsonSchema> = {
    OutsideEvent: {
      description:
        'A CloudEvent 1.0 of a connected system; at most 64 KB. Fields that are not of its type are not kept.',
      anyOf: outsideEventTypes.map((type) => ({ $ref: `#/components/schemas/${nameOf(type)}Event` })),
    },
  };
  for (const type of outsideEventTypes) {
    const name = nameOf(type);
    schemas[`${name}Event`] = eventSchema(type, types.schemaOfClass(name));
  }
  const [first] = outsideEventTypes;
  return { schemas, example: exampleEvent(first) };
}

/** `nl.doorstroom.housing.arrival-reported.v1` → `ArrivalReported`, the class of its data. */
function nameOf(type: string): string {
  const words = type.split('.').at(-2)?.split('-') ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function eventSchema(type: string, data: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      specversion: { type: 'string', const: '1.0' },
      id: { type: 'string', minLength: 1, maxLength: 200, description: 'The same id and source is the same event.' },
      source: { type: 'string', minLength: 1, maxLength: 300, pattern: '^\\S+$', description: 'Who sends it, a URN.' },
      type: { type: 'string', const: type },
      time: { type: 'string', format: 'date-time', description: 'RFC 3339, with seconds and a zone.' },
      datacontenttype: { type: 'string', pattern: '^application/json\\b' },
      data,
    },
    required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  };
}

function exampleEvent(type: string): object {
  return {
    specversion: '1.0',
    id: 'mutation-20260301-17',
    source: 'urn:nld:e-vita-demo:de-haven',
    type,
    time: '2026-03-01T09:00:00Z',
    datacontenttype: 'application/json',
    data: { clientNumber: 'HV-1069', placeCode: 'HVM-01', date: '2026-03-01' },
  };
}
