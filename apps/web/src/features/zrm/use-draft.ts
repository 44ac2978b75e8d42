import { useCallback, useEffect, useRef, useState } from 'react';

import { ApiError } from '../../api/problem.js';
import { readZrm, saveZrmDraft, type Zrm, type ZrmBody } from '../../api/zrm.js';
import { now } from '../../ui/dates.js';

/** After the last change, before it is saved. */
const PAUSE_MS = 800;
/** Between attempts while there is no connection. */
const RETRY_MS = 5_000;

export type DraftState =
  | { readonly step: 'saved'; readonly at: string }
  | { readonly step: 'changed' | 'saving' }
  | { readonly step: 'failed'; readonly error: unknown }
  /** Somebody else saved or submitted it meanwhile; what was sent is kept beside it. */
  | { readonly step: 'elsewhere'; readonly theirs: Zrm }
  /** Somebody else threw it away meanwhile. */
  | { readonly step: 'gone'; readonly error: ApiError };

export interface Draft {
  state: DraftState;
  version: () => number;
  /** There is something here that the service does not have. */
  isUnsaved: () => boolean;
  /** Tells that something was changed; it is saved after a moment. */
  touch: () => void;
  /** Saves now what is not saved; answers whether everything is. */
  flush: () => Promise<boolean>;
  /** Shows what the other has, and goes on from there once the person has chosen. */
  showTheirs: () => Promise<void>;
  /** It was submitted: nothing is left to save. */
  settle: () => void;
  goOn: (theirs: Zrm, keepOurs: boolean) => void;
  /** It was thrown away, and the person wants to look at the page first: it stays unsaved. */
  notNow: () => void;
}

interface Options {
  zrm: Zrm;
  /** What stands in the form now. */
  content: () => ZrmBody;
  /** A correction is not saved by itself: there is no draft of it. */
  enabled: boolean;
}

const momentNow = (): string => new Date(now()).toISOString();

/** Saves the draft by itself, one save at a time, each on the version before; nothing leaves the memory of the page. */
export function useDraft({ zrm, content, enabled }: Options): Draft {
  const { clientId, measurementId } = zrm;
  const [state, setState] = useState<DraftState>({ step: 'saved', at: zrm.recordedAt });
  const version = useRef(zrm.version);
  const unsaved = useRef(false);
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(content);
  const stopped = useRef(false);
  const isUnsaved = useCallback((): boolean => unsaved.current, []);
  useEffect(() => {
    latest.current = content;
  });

  const showTheirs = useCallback(async (): Promise<void> => {
    stopped.current = true;
    try {
      setState({ step: 'elsewhere', theirs: await readZrm(clientId, measurementId) });
    } catch (error) {
      stopped.current = false;
      setState({ step: 'failed', error });
    }
  }, [clientId, measurementId]);

  const saveOnce = useCallback(async (): Promise<boolean> => {
    unsaved.current = false;
    setState({ step: 'saving' });
    try {
      const saved = await saveZrmDraft({ clientId, measurementId, version: version.current }, latest.current());
      if (saved.outcome === 'kept-aside') {
        unsaved.current = true;
        await showTheirs();
        return false;
      }
      version.current = saved.version;
      setState(isUnsaved() ? { step: 'changed' } : { step: 'saved', at: momentNow() });
      return true;
    } catch (error) {
      unsaved.current = true;
      if (error instanceof ApiError && error.status === 404) {
        stopped.current = true;
        setState({ step: 'gone', error });
      } else setState({ step: 'failed', error });
      return false;
    }
  }, [clientId, measurementId, showTheirs, isUnsaved]);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    // What was changed while a save was under way goes with the next one.
    while (running.current !== undefined) await running.current;
    while (enabled && !stopped.current && unsaved.current) {
      running.current = saveOnce().finally(() => {
        running.current = undefined;
      });
      if (!(await running.current)) return false;
    }
    return !unsaved.current;
  }, [enabled, saveOnce]);

  const touch = useCallback((): void => {
    unsaved.current = true;
    if (!enabled || stopped.current) return;
    setState({ step: 'changed' });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE_MS);
  }, [enabled, flush]);

  useRetry(state, flush);
  useLastMoment(flush);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );

  return {
    state,
    version: () => version.current,
    isUnsaved,
    touch,
    flush,
    showTheirs,
    settle: () => {
      stopped.current = true;
      unsaved.current = false;
    },
    goOn: (theirs, keepOurs) => {
      stopped.current = false;
      version.current = theirs.version;
      unsaved.current = keepOurs;
      setState({ step: 'saved', at: theirs.recordedAt });
      if (keepOurs) touch();
    },
    notNow: () => {
      stopped.current = false;
      setState((before) => (before.step === 'gone' ? { step: 'failed', error: before.error } : before));
    },
  };
}

/** Saves at once when the page goes out of sight: it may be closed then, and on a phone nobody is asked before that. */
function useLastMoment(flush: () => Promise<boolean>): void {
  useEffect(() => {
    const onChange = (): void => {
      if (document.visibilityState === 'hidden') void flush();
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [flush]);
}

/** Tries again what failed: by itself while the service cannot be reached, else when the person comes back to the page. */
function useRetry(state: DraftState, flush: () => Promise<boolean>): void {
  const error = state.step === 'failed' ? state.error : undefined;
  useEffect(() => {
    if (error === undefined) return undefined;
    const again = (): void => void flush();
    const isPassing = error instanceof ApiError && (error.status === 0 || error.status >= 500);
    const timer = isPassing ? setTimeout(again, RETRY_MS) : undefined;
    window.addEventListener('online', again);
    window.addEventListener('focus', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
      window.removeEventListener('focus', again);
    };
  }, [error, flush]);
}
