import { useRef, useState } from 'react';

import { planCalibration, type CaseInput } from '../../api/calibration.js';
import { newIdempotencyKey } from '../../api/http.js';
import { ApiError } from '../../api/problem.js';
import { inLanguage } from '../../ui/problem-text.js';

/** A case in the form: a story in words of the session's own, or a client who was chosen. */
export type CaseDraft =
  | { readonly key: string; readonly kind: 'vignette'; readonly title: string; readonly text: string }
  | { readonly key: string; readonly kind: 'client'; readonly clientId: string; readonly name: string };

export interface PlanValues {
  readonly matrixVersion: string;
  readonly scoreBy: string;
  readonly cases: readonly CaseDraft[];
  readonly personIds: readonly string[];
}

/** An empty story to fill in. */
export const emptyVignette = (): CaseDraft => ({ key: crypto.randomUUID(), kind: 'vignette', title: '', text: '' });

function inputOf(one: CaseDraft): CaseInput {
  return one.kind === 'client'
    ? { kind: 'client', clientId: one.clientId }
    : { kind: 'vignette', title: one.title, text: one.text };
}

/** A session that is being planned: what was filled in, what is wrong with it, and sending it once. */
export function usePlan(matrixVersion: string) {
  const [values, setValues] = useState<PlanValues>(() => ({
    matrixVersion,
    scoreBy: '',
    cases: [emptyVignette()],
    personIds: [],
  }));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const isUnsaved = useRef(false);
  const attempt = useRef<{ key: string; body: string } | undefined>(undefined);

  /** Changes the form; errors at `path` and under it were about what stood there before. */
  const change = (part: Partial<PlanValues>, path: string): void => {
    isUnsaved.current = true;
    setValues((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([at]) => !at.startsWith(path))));
  };

  /** The session that was planned; undefined when something is wrong first. */
  const send = async (): Promise<string | undefined> => {
    const body = {
      matrixVersion: values.matrixVersion,
      ...(values.scoreBy === '' ? {} : { scoreBy: values.scoreBy }),
      cases: values.cases.map(inputOf),
      personIds: [...values.personIds],
    };
    const text = JSON.stringify(body);
    // The same plan again, after a broken connection, is the same session.
    if (attempt.current?.body !== text) attempt.current = { key: newIdempotencyKey(), body: text };
    setFailure(undefined);
    setErrors({});
    setBusy(true);
    try {
      const { sessionId } = await planCalibration(body, attempt.current.key);
      isUnsaved.current = false;
      return sessionId;
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setErrors(Object.fromEntries(fields.map((field) => [field.path, inLanguage(field)])));
      if (fields.length === 0) setFailure(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  return { values, change, errors, failure, busy, send, isUnsaved: () => isUnsaved.current };
}
