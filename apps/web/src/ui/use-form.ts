import { useCallback, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { newIdempotencyKey } from '../api/http.js';
import { ApiError, type ProblemField } from '../api/problem.js';
import { inLanguage } from './problem-text.js';

/** Form values are texts by field name; the name is the path of the field in the request body, such as `address.city`. */
export type FormValues = Record<string, string>;

export interface FormError {
  name: string;
  text: string;
  /** How the field is called on the page; for the list of errors on top. */
  label?: string | undefined;
}

export interface Form<V extends FormValues> {
  values: V;
  set: <N extends keyof V & string>(name: N, value: V[N]) => void;
  replace: (values: V) => void;
  idOf: (name: string) => string;
  errorOf: (name: string) => string | undefined;
  errors: FormError[];
  /** A failure that belongs to no field that is shown. */
  failure: unknown;
  busy: boolean;
  dirty: boolean;
  /** A field's own judgement of what stands in it: an error, or undefined when it is good. Absent takes it back. */
  judge: (name: string, judgement: Judgement | undefined) => void;
  /** How a field is called on the page. */
  label: (name: string, label: string) => void;
  /** Shows the field's own judgement now, instead of at sending. */
  check: (name: string, value: string) => void;
  /** The same for every attempt with the same values, so that a retry after a broken connection creates nothing twice. */
  idempotencyKey: () => string;
  submit: (send: (values: V) => Promise<unknown>) => Promise<boolean>;
}

type Judgement = (value: string) => string | undefined;

interface FormOptions<V> {
  initial: V;
  /** Fields that have to be filled in. */
  required?: readonly (keyof V & string)[];
}

/** Values, errors per field (own and the server's) and sending of one form. */
export function useForm<V extends FormValues>({ initial, required = [] }: FormOptions<V>): Form<V> {
  const { t } = useTranslation();
  const formId = useId();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [dirty, setDirty] = useState(false);
  const judgements = useRef(new Map<string, Judgement>());
  const labels = useRef(new Map<string, string>());
  const key = useRef<{ key: string; values: string } | undefined>(undefined);

  const set = useCallback<Form<V>['set']>((name, value) => {
    setValues((current) => ({ ...current, [name]: value }));
    setErrors((current) => current.filter((error) => error.name !== name));
    setDirty(true);
  }, []);

  const judge = useCallback<Form<V>['judge']>((name, judgement) => {
    if (judgement === undefined) judgements.current.delete(name);
    else judgements.current.set(name, judgement);
  }, []);

  const label = useCallback<Form<V>['label']>((name, text) => {
    labels.current.set(name, text);
  }, []);

  /** The errors with the names of their fields. */
  const show = (found: FormError[]): void =>
    setErrors(found.map((error) => ({ ...error, label: labels.current.get(error.name) })));

  const judged = (name: string, value = values[name] ?? ''): FormError[] => {
    const text = judgements.current.get(name)?.(value);
    return text === undefined ? [] : [{ name, text }];
  };

  const submit = async (send: (values: V) => Promise<unknown>): Promise<boolean> => {
    setFailure(undefined);
    const missing = required.filter((name) => (values[name] ?? '').trim() === '');
    const wrong = [
      ...missing.map((name) => ({ name, text: t('form.required') })),
      ...Object.keys(values).flatMap((name) => judged(name)),
    ];
    show(wrong);
    if (wrong.length > 0) return false;
    setBusy(true);
    try {
      await send(values);
      setDirty(false);
      return true;
    } catch (error) {
      const { known, rest } = divide(error, Object.keys(values));
      show(known.map((field) => ({ name: field.path, text: inLanguage(field) })));
      setFailure(known.length > 0 && rest.length === 0 ? undefined : error);
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    values,
    set,
    replace: setValues,
    idOf: (name) => `${formId}${name}`,
    errorOf: (name) => errors.find((error) => error.name === name)?.text,
    errors,
    failure,
    busy,
    dirty,
    judge,
    label,
    check: (name, value) => {
      const found = judged(name, value);
      setErrors((current) => [...current.filter((error) => error.name !== name), ...found]);
    },
    idempotencyKey: () => {
      const now = JSON.stringify(values);
      if (key.current?.values !== now) key.current = { key: newIdempotencyKey(), values: now };
      return key.current.key;
    },
    submit,
  };
}

/** Which of the server's field errors belong to fields of this form. */
function divide(error: unknown, names: string[]): { known: ProblemField[]; rest: ProblemField[] } {
  if (!(error instanceof ApiError)) return { known: [], rest: [] };
  const known = error.fields.filter((field) => names.includes(field.path));
  return { known, rest: error.fields.filter((field) => !names.includes(field.path)) };
}
