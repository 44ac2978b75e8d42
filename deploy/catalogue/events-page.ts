import type { FactDefinition } from '#contracts/fact.js';
import type { AsyncApiDocument } from './asyncapi.ts';
import type { JsonSchema } from './type-schemas.ts';

const INTRODUCTION = `# Events

Made by \`npm run catalogue\` from \`libs/contracts\`; do not change by hand. The same for machines:
[AsyncAPI 3](api/asyncapi.json).

Every event is a CloudEvent 1.0 (NL GOV profile) with identifiers, codes and dates only: no names, no BSN, no free text.
Delivery is at least once: handle an event by its \`id\`. Events with the same \`partitionkey\` and type are in order of
\`sequence\`. They grow by adding fields; ignore what you do not know.
`;

/** The catalogue of events for people. */
export function eventsPage(facts: readonly FactDefinition<object>[], { components }: AsyncApiDocument): string {
  const parts = facts.map((fact) => {
    const schema = components.schemas[fact.data.name] ?? {};
    return [
      `## ${fact.data.name}`,
      `\`${fact.type}\``,
      fact.summary,
      `Told by ${tellerOf(fact)} on \`${fact.subject}\` (stream ${fact.stream}).`,
      table(schema),
    ].join('\n\n');
  });
  return `${[INTRODUCTION.trimEnd(), ...parts].join('\n\n')}\n`;
}

/** Accesses are told by whoever gave the access; everything else by the service that owns it. */
function tellerOf({ stream, service }: FactDefinition<object>): string {
  return stream === 'ACCESS' ? 'every service' : `\`${service}\``;
}

function table(schema: JsonSchema): string {
  const rows = fieldRows(schema, '');
  return ['| Field | Type | Required | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fieldRows(schema: JsonSchema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) === true ? 'yes' : '';
    const inner = field.items ?? field;
    const suffix = field.items ? '[].' : '.';
    return [
      `| \`${path}\` | ${typeText(field)} | ${required} | ${field.description ?? ''} |`,
      ...fieldRows(inner, `${path}${suffix}`),
    ];
  });
}

function typeText(field: JsonSchema): string {
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.items) return `list of ${typeText(field.items)}`;
  if (field.format === 'date-time') return 'instant';
  if (field.pattern === '^\\d{4}-\\d{2}-\\d{2}$') return 'date';
  return field.type ?? '';
}
