import { Heading } from '@amsterdam/design-system-react';
import {
  Suspense,
  useEffect,
  useId,
  useRef,
  useSyncExternalStore,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';

import { focusTitle, rememberFocus } from './focus.js';
import { SidePanel } from './side-panel.js';
import { Loading } from './states.js';

/** From here on a list keeps enough room when something stands beside it; the same width as in parts.css. */
const WIDE = '(min-width: 80rem)';

/** Whether the window is wide enough for a list with a detail beside it. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => window.matchMedia(WIDE).matches,
  );
}

/**
 * What stands beside a list, and how it is opened and closed: the focus goes back to where it was. The choice itself lives
 * with the page, in the address.
 * @param choose shows the detail of something, or none
 */
export function useBeside(choose: (id: string | undefined) => void) {
  const isWide = useIsWide();
  const giveBack = useRef<(() => void) | undefined>(undefined);
  const open = (id: string): void => {
    giveBack.current = rememberFocus();
    choose(id);
  };
  return {
    isWide,
    open,
    /**
     * Takes over a link of which the target can also stand beside the list. The usual ways to open a link elsewhere stay,
     * and on a narrow screen it is followed. Says whether it did.
     */
    takeOver: (event: MouseEvent, id: string): boolean => {
      if (!isWide || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
      event.preventDefault();
      open(id);
      return true;
    },
    close: (): void => {
      choose(undefined);
      (giveBack.current ?? focusTitle)();
    },
  };
}

interface BesideProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A detail beside its list (ui.md, Frame). On a wide screen the list stays usable; Escape in the detail closes it. On a
 * narrower one it lies over the list as a window. Focus starts at the title; whoever opens it gives it back.
 */
export function Beside({ title, onClose, children }: BesideProps) {
  return useIsWide() ? (
    <BesideList title={title} onClose={onClose}>
      {children}
    </BesideList>
  ) : (
    <SidePanel title={title} onClose={onClose}>
      {children}
    </SidePanel>
  );
}

function BesideList({ title, onClose, children }: BesideProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    // A window or calendar that was opened from here closes first, by itself.
    const isWithin = event.target instanceof Element && event.target.closest('dialog, [popover]') !== null;
    if (event.key !== 'Escape' || event.defaultPrevented || isWithin) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside className="d-beside__detail" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <div className="d-beside__head">
        <Heading level={2} id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </Heading>
        <button type="button" className="d-link-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
      {/* What is still being fetched for the detail hides neither the list nor the title that has the focus. */}
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </aside>
  );
}
