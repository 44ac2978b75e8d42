import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { MeasurementCorrectionReason, MeasurementQuestion } from '#contracts/assessment/codes.js';

import { ApiError } from '../../api/problem.js';
import { correctZrm, submitZrm, zrmKeys, type MatrixVersions, type MeasurementDoubt, type Zrm } from '../../api/zrm.js';
import { domainsOf } from './domain-names.js';
import { useDraft } from './use-draft.js';
import { fieldErrorsIn, useFieldErrors } from './use-field-errors.js';
import { inputOf, valuesOf, type ZrmValues } from './zrm-values.js';

interface Options {
  zrm: Zrm;
  versions: MatrixVersions;
  /** Changes what was submitted, instead of a draft. */
  correcting: boolean;
  onDone: () => Promise<void>;
}

/** Values, saving by itself, errors per field, questions and sending of one ZRM. */
export function useZrmForm({ zrm, versions, correcting, onDone }: Options) {
  const { clientId, measurementId } = zrm;
  const queries = useQueryClient();
  const [values, setValues] = useState(() => valuesOf(zrm.content));
  const [kept, setKept] = useState({ copies: zrm.copies, people: zrm.names.people });
  const [reason, setReason] = useState<MeasurementCorrectionReason>('typing-error');
  const { errors, show, forget } = useFieldErrors();
  const [failure, setFailure] = useState<unknown>();
  const [doubts, setDoubts] = useState<readonly MeasurementDoubt[]>([]);
  const [busy, setBusy] = useState(false);
  const domains = useMemo(
    () => domainsOf(versions, values.matrixVersion, values.supplements),
    [versions, values.matrixVersion, values.supplements],
  );
  const content = inputOf(
    values,
    domains.map(({ code }) => code),
  );
  const draft = useDraft({ zrm, content: () => content, enabled: !correcting });

  const change = (next: ZrmValues, path: string): void => {
    setValues(next);
    forget(path);
    draft.touch();
  };

  const send = async (answered: MeasurementQuestion[]): Promise<void> => {
    setFailure(undefined);
    setBusy(true);
    try {
      if (!correcting && !(await draft.flush())) return;
      const at = { clientId, measurementId, version: draft.version() };
      const body = { ...content, answered };
      const answer = await (correcting ? correctZrm(at, { ...body, reason }) : submitZrm(at, body));
      if (answer.outcome === 'question') {
        setDoubts(answer.doubts);
        return;
      }
      setDoubts([]);
      draft.settle();
      await queries.invalidateQueries({ queryKey: zrmKeys.all });
      await onDone();
    } catch (error) {
      setDoubts([]);
      const found = fieldErrorsIn(error, content);
      show(found);
      if (error instanceof ApiError && error.isStale) await draft.showTheirs();
      else if (Object.keys(found).length === 0) setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const saveErrors = draft.state.step === 'failed' ? fieldErrorsIn(draft.state.error, content) : {};
  const shown = { ...saveErrors, ...errors };
  return {
    values,
    change,
    reason,
    setReason,
    domains,
    content,
    draft,
    failure,
    busy,
    doubts,
    send,
    forgetDoubts: () => setDoubts([]),
    errors: shown,
    errorOf: (path: string): string | undefined => shown[path],
    /** What was kept beside it, as far as known, and the names of who saved it. */
    kept,
    /** Goes on from what a colleague stored, with what stands here or with theirs. */
    goOn: (theirs: Zrm, keepOurs: boolean): void => {
      setKept({ copies: theirs.copies, people: theirs.names.people });
      draft.goOn(theirs, keepOurs);
      if (!keepOurs) setValues(valuesOf(theirs.content));
    },
    /** Puts something else in the form: a copy that was kept, or what stood here before it. */
    take: (other: ZrmValues): void => {
      setValues(other);
      draft.touch();
    },
  };
}

export type ZrmFormState = ReturnType<typeof useZrmForm>;
