import storage from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import type { PayloadClass } from '#contracts/request.js';
import type { JsonSchema } from './type-schemas.ts';

/** What a rule of class-validator says in JSON Schema; rules that the type says already say nothing here. */
const readers: Record<string, (constraints: readonly unknown[]) => JsonSchema> = {
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isInt: () => ({ type: 'integer' }),
  min: ([least]) => (typeof least === 'number' ? { minimum: least } : {}),
  max: ([most]) => (typeof most === 'number' ? { maximum: most } : {}),
  isLength: ([least, most]) => ({
    ...(typeof least === 'number' ? { minLength: least } : {}),
    ...(typeof most === 'number' ? { maxLength: most } : {}),
  }),
  maxLength: ([most]) => (typeof most === 'number' ? { maxLength: most } : {}),
  arrayMaxSize: ([most]) => (typeof most === 'number' ? { maxItems: most } : {}),
  arrayMinSize: ([least]) => (typeof least === 'number' ? { minItems: least } : {}),
  arrayUnique: () => ({ uniqueItems: true }),
  isEmail: () => ({ format: 'email' }),
  isUrl: () => ({ format: 'uri' }),
  dateForm: () => ({ format: 'date', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` }),
  matches: ([pattern]) => (pattern instanceof RegExp ? { pattern: pattern.source } : {}),
};

/**
 * Adds to the schema of a class what its validators demand, in what it holds too: a consumer refuses what breaks these.
 * @param components named types that the schema refers to; rules of a nested class go to its component
 */
export function withRules(
  schema: JsonSchema,
  type: PayloadClass<object>,
  components: Record<string, JsonSchema> = {},
  done = new Set<PayloadClass<object>>([type]),
): JsonSchema {
  const properties: Record<string, JsonSchema> = { ...schema.properties };
  for (const { propertyName, name, type: kind, constraints, each } of getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    true,
    false,
  )) {
    const rule = readers[name ?? kind]?.(Array.isArray(constraints) ? constraints : []);
    const property = properties[propertyName];
    if (!rule || !property) continue;
    properties[propertyName] = each ? { ...property, items: { ...property.items, ...rule } } : { ...property, ...rule };
  }
  for (const [name, property] of Object.entries(properties)) {
    const inside = nestedClass(type, name);
    if (inside) properties[name] = withNested(property, inside, components, done);
  }
  return { ...schema, properties };
}

/** The class of what a field holds, as class-transformer and class-validator know it. */
function nestedClass(type: PayloadClass<object>, field: string): PayloadClass<object> | undefined {
  return storage.defaultMetadataStorage.findTypeMetadata(type, field)?.typeFunction();
}

function withNested(
  schema: JsonSchema,
  inside: PayloadClass<object>,
  components: Record<string, JsonSchema>,
  done: Set<PayloadClass<object>>,
): JsonSchema {
  if (schema.items) return { ...schema, items: withNested(schema.items, inside, components, done) };
  if (schema.anyOf) return { ...schema, anyOf: schema.anyOf.map((part) => withNested(part, inside, components, done)) };
  if (schema.$ref === undefined) {
    return schema.properties ? withRules(schema, inside, components, new Set([...done, inside])) : schema;
  }
  const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  const component = components[name];
  if (component && !done.has(inside)) {
    done.add(inside);
    components[name] = withRules(component, inside, components, done);
  }
  return schema;
}
