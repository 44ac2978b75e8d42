import { Button } from '@amsterdam/design-system-react';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
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
    } catch (error) {
      setState({ done, step: 'failed', problem: describeProblem(error).title });
    }
  };
  const value = useMemo(() => offer, [offer]);
  return (
    <UndoContext value={value}>
      <div
        onKeyDown={(event) => {
          const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
          if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || inField || state?.step !== 'offered') return;
          event.preventDefault();
          void undo(state.done);
        }}
      >
        {children}
      </div>
      {state === undefined ? null : (
        <div className="d-undo" role="group" aria-label={t('action.undo')}>
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
        </div>
      )}
    </UndoContext>
  );
}
