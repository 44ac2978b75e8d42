import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { onSessionLost } from '../api/http.js';
import { meQuery, signInAddress } from '../api/session.js';
import { SidePanel } from '../ui/side-panel.js';

/**
 * When the session ends while somebody is at work, the page stays as it is: signing in happens on another tab, and what was
 * typed is still there afterwards.
 */
export function SessionLost() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [lost, setLost] = useState(false);
  const [tried, setTried] = useState(false);
  useEffect(() => onSessionLost(() => setLost(true)), []);
  const check = useCallback(async (): Promise<void> => {
    try {
      await queries.query({ ...meQuery, staleTime: 0 });
      setLost(false);
      setTried(false);
      await queries.invalidateQueries();
    } catch {
      setTried(true);
    }
  }, [queries]);
  useEffect(() => {
    if (!lost) return undefined;
    const onFocus = (): void => void check();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [lost, check]);
  if (!lost) return null;
  return (
    <SidePanel title={t('session.lostTitle')} placement="center" onClose={() => setLost(false)}>
      <Paragraph>{t('session.lostBody')}</Paragraph>
      {tried ? <Paragraph role="status">{t('session.stillOut')}</Paragraph> : null}
      <div className="d-actions">
        <a
          className="ams-button ams-button--primary"
          href={signInAddress('/ingelogd')}
          target="_blank"
          rel="noreferrer"
        >
          {t('session.signInAgain')}
        </a>
        <Button type="button" variant="secondary" onClick={() => void check()}>
          {t('session.done')}
        </Button>
      </div>
    </SidePanel>
  );
}
