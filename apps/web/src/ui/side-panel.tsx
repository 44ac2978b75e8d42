import { Heading, ModalDialog } from '@amsterdam/design-system-react';
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { rememberFocus } from './focus.js';

interface SidePanelProps {
  title: string;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
  /** `side` opens along the edge, so that the list stays in view; `center` for a short question. */
  placement?: 'side' | 'center';
}

/** A window for one task beside the page. Escape closes it; focus returns to where it was. */
export function SidePanel({ title, onClose, footer, children, placement = 'side' }: SidePanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const giveBack = useRef<(() => void) | undefined>(undefined);
  // Before the window opens, which takes the focus; given back when it is off the page and no longer keeps it inside.
  useLayoutEffect(() => {
    giveBack.current = rememberFocus();
  }, []);
  useEffect(() => () => giveBack.current?.(), []);
  return (
    <ModalDialog open aria-labelledby={titleId} className={`d-panel d-panel--${placement}`} onClose={onClose}>
      <ModalDialog.Header closeButtonAccessibleName={t('action.close')}>
        <Heading level={2} id={titleId}>
          {title}
        </Heading>
      </ModalDialog.Header>
      <ModalDialog.Body>{children}</ModalDialog.Body>
      {footer === undefined ? null : <ModalDialog.Footer className="d-actions">{footer}</ModalDialog.Footer>}
    </ModalDialog>
  );
}
