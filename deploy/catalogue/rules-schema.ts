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
  matches: ([pattern]) => (pattern instanceof RegExp ? { pattern: pattern.source } : {}),
};

/** Adds to the schema of a class what its validators demand: a consumer refuses what breaks these. */
export function withRules(schema: JsonSchema, type: PayloadClass<object>): JsonSchema {
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
  return { ...schema, properties };
}
