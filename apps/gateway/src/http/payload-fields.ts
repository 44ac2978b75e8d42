import { getMetadataStorage } from 'class-validator';
import type { PayloadClass } from '#contracts/request.js';

/** One rule of class-validator on one field. */
export interface FieldRule {
  /** Name of the rule: `isIn`, `isInt`, `maxLength`, … */
  name: string;
  /** Its parameters, as they were given to the decorator. */
  parameters: readonly unknown[];
  /** It holds for each element of a list. */
  each: boolean;
  /** What the contract says about a breach (libs/contracts, field-rules.ts). */
  context: unknown;
}

/** A field of a payload class with its rules. */
export interface PayloadField {
  name: string;
  rules: readonly FieldRule[];
  /** May be left out. */
  optional: boolean;
  /** Is there only for some kinds of the request (`fieldsByKind`). */
  conditional: boolean;
}

const known = new Map<PayloadClass<object>, ReadonlyMap<string, PayloadField>>();

/** The fields of a payload class, inherited ones too, from the metadata of class-validator. */
export function fieldsOf(type: PayloadClass<object>): ReadonlyMap<string, PayloadField> {
  const before = known.get(type);
  if (before) return before;
  const fields = new Map<string, PayloadField>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(type, '', true, false)) {
    const name = metadata.propertyName;
    const field = fields.get(name) ?? { name, rules: [], optional: false, conditional: false };
    const rule: FieldRule = {
      name: metadata.name ?? metadata.type,
      parameters: Array.isArray(metadata.constraints) ? metadata.constraints : [],
      each: metadata.each,
      context: metadata.context,
    };
    // A subclass may give a field other rules: getTargetValidationMetadatas puts its own first.
    const isConditional = metadata.type === 'conditionalValidation';
    fields.set(name, {
      name,
      rules: isConditional ? field.rules : [...field.rules, rule],
      optional: field.optional || (isConditional && metadata.name === 'isOptional'),
      conditional: field.conditional || (isConditional && metadata.name !== 'isOptional'),
    });
  }
  known.set(type, fields);
  return fields;
}

/** The rule of a field by its name. */
export function ruleOf(field: PayloadField | undefined, name: string): FieldRule | undefined {
  return field?.rules.find((rule) => rule.name === name);
}
