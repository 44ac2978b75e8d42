import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

/** Opens the print window of the browser; what is on paper is decided by the print styles of the page. */
export function PrintButton() {
  const { t } = useTranslation();
  return (
    <Button type="button" variant="secondary" onClick={() => window.print()}>
      {t('action.print')}
    </Button>
  );
}
