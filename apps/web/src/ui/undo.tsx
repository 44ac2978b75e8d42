import { Button } from '@amsterdam/design-system-react';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useAnnounce } from './announcer.js';
import { describeProblem } from './problem-text.js';

interface Done {
  text: string;
  undo: () => Promise<unknown>;
}

type Offer = (done: Done) => void;

const UndoContext = createContext<Offer>(() => undefined);

/** Offers to undo what was just done; the last action only, until the next one or until it is closed. */
export function useUndo(): Offer {
  return use(UndoContext);
}

type UndoState = { done: Done; step: 'offered' | 'busy' | 'failed'; problem?: string };

export function UndoProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [state, setState] = useState<UndoState>();
  const offer = useCallback<Offer>(
    (done) => {
      setState({ done, step: 'offered' });
      announce(`${done.text} ${t('action.undo')}: Ctrl+Z`);
    },
    [announce, t],
  );
  const undo = async (done: Done): Promise<void> => {
    setState({ done, step: 'busy' });
    try {
      await done.undo();
      setState(undefined);
      announce(t('state.undone'));
    } catch (error) {
      const problem = describeProblem(error).title;
      setState({ done, step: 'failed', problem });
      announce(problem);
    }
  };
  const value = useMemo(() => offer, [offer]);
  useUndoKey(state?.step === 'offered' ? () => void undo(state.done) : undefined);
  return (
    <UndoContext value={value}>
      {children}
      {state === undefined ? null : (
        <section className="d-undo" aria-label={t('action.undo')}>
          <p>{state.problem ?? state.done.text}</p>
          <Button
            variant="secondary"
            type="button"
            disabled={state.step === 'busy'}
            onClick={() => void undo(state.done)}
          >
            {t('action.undo')}
          </Button>
          <button type="button" className="d-link-button" onClick={() => setState(undefined)}>
            {t('action.close')}
          </button>
        </section>
      )}
    </UndoContext>
  );
}

/** Ctrl+Z, also when nothing has the focus; not while typing, and not behind an open window. */
function useUndoKey(undo: (() => void) | undefined): void {
  const latest = useRef(undo);
  useEffect(() => {
    latest.current = undo;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const busy =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog') !== null;
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || busy || latest.current === undefined) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
