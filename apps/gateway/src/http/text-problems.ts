import { isReadableText } from '#contracts/readable-text.js';
import { type FieldProblem, fieldProblem } from '#contracts/refusal.js';

/** The fields of a payload whose text holds what no person can read, wherever they are. Fields are written as in JSON. */
export function textProblems(value: unknown, path = ''): FieldProblem[] {
  if (typeof value === 'string') return isReadableText(value) ? [] : [fieldProblem(path, 'field-invalid')];
  if (Array.isArray(value)) return value.flatMap((item, index) => textProblems(item, `${path}[${String(index)}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    textProblems(inside, path === '' ? name : `${path}.${name}`),
  );
}
