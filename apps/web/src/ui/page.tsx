import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationType, useNavigationType } from 'react-router';

interface PageProps {
  title: string;
  /** One sentence: what this page tells now. */
  finding?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One page: title (also of the window), what can be done here, content. A screen reader starts reading at the title. */
export function Page({ title, finding, actions, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivedBy = useNavigationType();
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`;
  }, [title, t]);
  useEffect(() => {
    // After following a link the focus would stay on a link that is gone.
    if (arrivedBy === NavigationType.Push && document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true });
  }, [arrivedBy]);
  return (
    <div className="d-page">
      <header className="d-page__header">
        <div className="d-page__titles">
          <Heading level={1} ref={heading} tabIndex={-1}>
            {title}
          </Heading>
          {finding === undefined ? null : <Paragraph className="d-page__finding">{finding}</Paragraph>}
        </div>
        {actions === undefined ? null : <div className="d-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
