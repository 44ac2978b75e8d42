import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

/** End of signing in again on a second tab: the work waits on the first. */
export function Component() {
  const { t } = useTranslation('sign-in');
  return (
    <main className="d-sign-in">
      <title>{t('doneTitle')}</title>
      <Heading level={1}>{t('doneTitle')}</Heading>
      <Paragraph>{t('doneBody')}</Paragraph>
    </main>
  );
}
