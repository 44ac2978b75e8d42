import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';

import { Page } from '../ui/page.js';
import { Failure, Loading } from '../ui/states.js';

/** What stands on a page whose code or data failed; the frame around it stays. */
export function PageFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <main className="d-page d-page--alone">
      <Heading level={1}>{t('error.page')}</Heading>
      <Failure error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('error.notFoundTitle')}>
      <Paragraph>{t('error.notFoundBody')}</Paragraph>
      <p>
        <Link className="ams-link" to="/">
          {t('error.toStart')}
        </Link>
      </p>
    </Page>
  );
}

/** While it is being found out who is signed in. */
export function Starting() {
  return (
    <main className="d-page d-page--alone">
      <Loading rows={4} />
    </main>
  );
}
