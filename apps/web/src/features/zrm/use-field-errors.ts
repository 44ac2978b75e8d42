import { useState } from 'react';

import { ApiError } from '../../api/problem.js';
import type { ZrmBody } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';

/** Texts by the path of a field, such as `date` or `scores.housing.score`. */
type FieldErrors = Readonly<Record<string, string>>;

/** Both doors name fields: the service by domain, the first check by the place in the list that was sent. */
export function fieldErrorsIn(error: unknown, sent: ZrmBody): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.fields.map((field) => [
      field.path
        .replace(/^scores\[(\d+)\]/, (_all, index: string) => `scores.${sent.scores[Number(index)]?.domain ?? ''}`)
        .replace(
          /^weights\[(\d+)\]/,
          (_all, index: string) => `weights.${sent.weights?.[Number(index)]?.factor ?? ''}`,
        ),
      inLanguage(field),
    ]),
  );
}

/** What is wrong per field, until that field is changed. */
export function useFieldErrors() {
  const [errors, setErrors] = useState<FieldErrors>({});
  return {
    errors,
    show: setErrors,
    forget: (path: string) =>
      setErrors((current) =>
        path in current ? Object.fromEntries(Object.entries(current).filter(([one]) => one !== path)) : current,
      ),
  };
}
