import type { JsonSchema } from './type-schemas.ts';

/** Of texts that a pattern or a meaning bounds, by the end of their field's name: synthetic, and nobody's. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/(^|[a-z])Id$/i, '0192f6a8-0000-7000-8000-000000000001'],
  [/(At|Since|Until|time)$/, '2026-03-01T09:00:00.000Z'],
  [/email|address$/i, 'samira@de-haven.example'],
  [/url$/i, 'https://receiver.example/doorstroom'],
  [/name$/i, 'De Haven'],
];
const BY_FORMAT: Record<string, string> = {
  date: '2026-03-01',
  'date-time': '2026-03-01T09:00:00.000Z',
  email: 'samira@de-haven.example',
  uri: 'https://receiver.example/doorstroom',
};
/** Deeper than any reply of ours; ends types that hold themselves. */
const DEEPEST = 8;

/**
 * A value that fits a schema, for operations without an example by hand: required and described fields, first codes.
 * @param components what `#/components/schemas/…` refers to
 */
export function exampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  name = '',
  depth = 0,
): unknown {
  const within = (part: JsonSchema, title = name): unknown => exampleOf(part, components, title, depth + 1);
  const { $ref, allOf, anyOf, items, prefixItems } = schema;
  if ($ref !== undefined) return within(components[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (allOf !== undefined) return Object.assign({}, ...allOf.map((part) => within(part) as object)) as object;
  if (anyOf !== undefined) return within(anyOf[0] ?? {});
  switch (schema.type) {
    case 'string':
      return textOf(schema, name);
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      if (prefixItems !== undefined) return prefixItems.map((part) => within(part));
      return items === undefined || depth > DEEPEST ? [] : [within(items, name.replace(/s$/, ''))];
    case 'object':
      return fieldsOf(schema, depth, within);
    default:
      return null;
  }
}

function fieldsOf(
  { properties = {}, required = [] }: JsonSchema,
  depth: number,
  within: (part: JsonSchema, title: string) => unknown,
): object {
  const shown = Object.entries(properties).filter(([field]) => depth <= DEEPEST || required.includes(field));
  // A list that goes on has a cursor; the last page, as here, has none.
  const own = shown.filter(([field]) => field !== 'nextCursor');
  return Object.fromEntries(own.map(([field, part]) => [field, within(part, field)]));
}

function textOf({ format = '', pattern, minLength = 0, maxLength }: JsonSchema, name: string): string {
  const text = BY_FORMAT[format] ?? BY_NAME.find(([field]) => field.test(name))?.[1] ?? 'tekst';
  if (pattern !== undefined && !new RegExp(pattern).test(text))
    return PATTERNED.find((one) => new RegExp(pattern).test(one)) ?? text;
  return text.padEnd(minLength, '-').slice(0, maxLength);
}

/** Texts for fields that a pattern bounds. */
const PATTERNED = ['09:00', '2026-03-01', '2026-03-01T09:00:00.000Z', '1', 'urn:nld:doorstroom:problem:not-permitted'];
