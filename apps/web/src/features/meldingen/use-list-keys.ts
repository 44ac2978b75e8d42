import { useEffect, useRef, type RefObject } from 'react';
import { useNavigate } from 'react-router';

import type { Melding } from '../../api/meldingen.js';
import type { MeldingWork } from './use-melding-actions.js';

/** j/k walk through the list, enter opens the client's file, e says "seen", x selects. Not while typing or in a window. */
export function useListKeys(
  list: RefObject<HTMLUListElement | null>,
  rows: readonly Melding[],
  work: MeldingWork,
): void {
  const navigate = useNavigate();
  const latest = useRef({ rows, work, navigate });
  useEffect(() => {
    latest.current = { rows, work, navigate };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-melding]') ?? [])];
      const at = items.findIndex((item) => item.contains(document.activeElement));
      if (event.key === 'j' || event.key === 'k') {
        const next = items[event.key === 'j' ? Math.min(at + 1, items.length - 1) : Math.max(at - 1, 0)];
        next?.focus();
        next?.scrollIntoView({ block: 'nearest' });
        event.preventDefault();
        return;
      }
      act(event, items[at]);
    };
    const act = (event: KeyboardEvent, item: HTMLElement | undefined): void => {
      const { rows: current, work: doing, navigate: goTo } = latest.current;
      const melding = current.find((each) => each.meldingId === item?.dataset['melding']);
      if (melding === undefined) return;
      if (event.key === 'Enter' && event.target === item) {
        doing.actions.opened(melding);
        void goTo(`/clienten/${melding.clientId}`);
      }
      const isOpen = melding.status === 'open' && !doing.done.has(melding.meldingId);
      if (event.key === 'e' && isOpen) doing.actions.acknowledge(melding);
      if (event.key === 'x' && isOpen) doing.select(melding);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [list]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null
  );
}
