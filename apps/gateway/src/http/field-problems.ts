import type { ValidationError } from 'class-validator';
import type { FieldRefusal } from '#contracts/field-rules.js';
import { type FieldProblem, fieldProblem } from '#contracts/refusal.js';
import { interpolate } from '#contracts/refusal-interpolation.js';
import { isRefusalCode, refusalTexts } from '#contracts/refusal-texts.js';
import { type FieldRule, fieldsOf, ruleOf } from './payload-fields.js';

/**
 * What is wrong with the input, one problem per field, with the texts of the catalogue in both languages. Nested fields
 * are written as in JSON: `leaves[0].from`.
 */
export function fieldProblems(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error);
    const own = error.constraints === undefined ? [] : [ownProblem(error, path)];
    return [...own, ...fieldProblems(error.children ?? [], path)];
  });
}

function pathOf(parent: string, { property, target }: ValidationError): string {
  if (Array.isArray(target)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

/** Rules in the order in which their breach tells most; the first that was broken is told. */
const PRECEDENCE = [
  'whitelistValidation',
  'fieldOfKind',
  'fieldRequired',
  'dateForm',
  'dateExists',
  'nestedValidation',
  'isArray',
  'isObject',
  'isString',
  'isInt',
  'isBoolean',
];

function ownProblem(error: ValidationError, path: string): FieldProblem {
  const broken = Object.keys(error.constraints ?? {}).sort((a, b) => rank(a) - rank(b));
  const name = broken[0] ?? '';
  if (name === 'whitelistValidation') return fieldProblem(path, 'field-unknown');
  const refusal = contextOf(error, name);
  if (refusal) return fromContext(path, refusal);
  if (isAbsent(error.value)) return fieldProblem(path, 'field-required');
  return byRule(path, name, error);
}

function rank(name: string): number {
  const place = PRECEDENCE.indexOf(name);
  return place === -1 ? PRECEDENCE.length : place;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function byRule(path: string, name: string, error: ValidationError): FieldProblem {
  const rule = ruleOfError(error, name);
  const first = Number(rule?.parameters[0]);
  switch (name) {
    case 'isIn':
      return fieldProblem(path, 'code-unknown', { allowed: allowedText(rule) });
    case 'isLength':
      return lengthProblem(path, error.value, rule);
    case 'minLength':
      return fieldProblem(path, 'field-too-short', { min: first });
    case 'maxLength':
      return fieldProblem(path, 'field-too-long', { max: first });
    case 'isString':
      return fieldProblem(path, 'text-form');
    case 'isInt':
    case 'isNumber':
      return fieldProblem(path, 'number-form');
    case 'min':
      return fieldProblem(path, 'number-too-small', { min: first });
    case 'max':
      return fieldProblem(path, 'number-too-large', { max: first });
    case 'isBoolean':
      return fieldProblem(path, 'boolean-form');
    case 'isArray':
      return fieldProblem(path, 'list-form');
    case 'arrayMaxSize':
      return fieldProblem(path, 'list-too-long', { max: first });
    case 'arrayMinSize':
    case 'arrayNotEmpty':
      return fieldProblem(path, 'list-too-short', { min: name === 'arrayMinSize' ? first : 1 });
    case 'arrayUnique':
      return fieldProblem(path, 'list-doubles');
    case 'isObject':
    case 'nestedValidation':
      return fieldProblem(path, 'object-form');
    case 'isEmail':
      return fieldProblem(path, 'email-form');
    case 'isIso8601':
    case 'isDateString':
      return fieldProblem(path, 'instant-form');
    default:
      return fieldProblem(path, 'field-invalid');
  }
}

function lengthProblem(path: string, value: unknown, rule: FieldRule | undefined): FieldProblem {
  const [min, max] = rule?.parameters ?? [];
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const isTooLong = texts.some((text) => typeof text === 'string' && text.length > Number(max));
  return isTooLong
    ? fieldProblem(path, 'field-too-long', { max: Number(max) })
    : fieldProblem(path, 'field-too-short', { min: Number(min) });
}

function allowedText(rule: FieldRule | undefined): string {
  const [allowed] = rule?.parameters ?? [];
  return Array.isArray(allowed) ? allowed.join(', ') : '';
}

function ruleOfError({ target, property }: ValidationError, name: string): FieldRule | undefined {
  const type: unknown = target?.constructor;
  return isClass(type) ? ruleOf(fieldsOf(type).get(property), name) : undefined;
}

function isClass(value: unknown): value is new () => object {
  return typeof value === 'function';
}

/** The refusal that the contract itself names for a breach. */
function contextOf(error: ValidationError, name: string): FieldRefusal | undefined {
  const contexts: Record<string, unknown> = error.contexts ?? {};
  const context = contexts[name];
  return isFieldRefusal(context) ? context : undefined;
}

function isFieldRefusal(value: unknown): value is FieldRefusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    isRefusalCode(value.code)
  );
}

function fromContext(path: string, { code, params = {} }: FieldRefusal): FieldProblem {
  const { nl, en } = refusalTexts[code];
  return { path, code, nl: interpolate(nl, params, 'nl'), en: interpolate(en, params, 'en') };
}
