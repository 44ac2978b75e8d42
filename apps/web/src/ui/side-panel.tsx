import { Heading, ModalDialog } from '@amsterdam/design-system-react';
import { useEffect, useId, type ReactNode } from 'react';
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
  useEffect(() => rememberFocus(), []);
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
