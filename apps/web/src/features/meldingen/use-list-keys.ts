import { useEffect, useRef, type RefObject } from 'react';

import type { Melding } from '../../api/meldingen.js';
import type { MeldingWork } from './use-melding-actions.js';

interface ListKeys {
  rows: readonly Melding[];
  work: MeldingWork;
  /** The melding that stands beside the list: from there the keys go on where it is in the list. */
  current: string | undefined;
  onOpen: (melding: Melding) => void;
}

/**
 * j/k walk through the list, and so do the arrows on a line; enter opens it, e says "seen", x selects. Not while typing or
 * in a window.
 */
export function useListKeys(list: RefObject<HTMLElement | null>, keys: ListKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isOurs = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.defaultPrevented;
      if (!isOurs || isTyping(event.target)) return;
      const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-melding]') ?? [])];
      const at = items.findIndex((item) => item.contains(document.activeElement));
      const { current } = latest.current;
      const from = at < 0 && isInDetail() ? items.findIndex(({ dataset }) => dataset['melding'] === current) : at;
      const step = stepOf(event, items[at]);
      if (step === undefined) {
        act(event, items[from]);
        return;
      }
      const next = items[Math.min(Math.max(from + step, 0), items.length - 1)];
      // At the end of the list an arrow scrolls on, as everywhere.
      if (next === undefined || (next === items[from] && event.key.startsWith('Arrow'))) return;
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
      event.preventDefault();
    };
    const act = (event: KeyboardEvent, item: HTMLElement | undefined): void => {
      const { rows, work, onOpen } = latest.current;
      const melding = rows.find((each) => each.meldingId === item?.dataset['melding']);
      if (melding === undefined) return;
      if (event.key === 'Enter' && event.target === item) onOpen(melding);
      const isOpen = melding.status === 'open' && !work.done.has(melding.meldingId);
      if (event.key === 'e' && isOpen) work.actions.acknowledge(melding);
      if (event.key === 'x' && isOpen) work.select(melding);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [list]);
}

/** How a key moves through the list: one line on or back; undefined when it does not. */
function stepOf(event: KeyboardEvent, item: HTMLElement | undefined): 1 | -1 | undefined {
  if (event.key === 'j') return 1;
  if (event.key === 'k') return -1;
  // Elsewhere the arrows scroll, and a screen reader that walks through the text keeps them to itself.
  if (item === undefined || event.target !== item) return undefined;
  const { top, bottom } = item.getBoundingClientRect();
  // What of the line cannot be seen yet comes into sight first.
  if (event.key === 'ArrowDown') return bottom > window.innerHeight ? undefined : 1;
  if (event.key === 'ArrowUp') return top < 0 ? undefined : -1;
  return undefined;
}

const isInDetail = (): boolean => document.activeElement?.closest('.d-beside__detail') != null;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null
  );
}
