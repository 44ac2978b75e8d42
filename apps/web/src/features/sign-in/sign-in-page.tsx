import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { signInAddress } from '../../api/session.js';
import { currentLanguage, LANGUAGES, switchLanguage } from '../../i18n/index.js';

/** Only a path of our own: an address from outside must not be able to send a person elsewhere after signing in. */
function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : '/begin';
}

/** Where somebody without a session arrives. `naar` says that a page was asked for, `fout` that signing in failed. */
export function Component() {
  const { t } = useTranslation(['sign-in', 'common']);
  const [search] = useSearchParams();
  const returnTo = safePath(search.get('naar'));
  useEffect(() => {
    document.title = `${t('title')} · ${t('common:appName')}`;
  }, [t]);
  return (
    <main className="d-sign-in">
      <div className="d-brand d-brand--large">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        {t('common:appName')}
      </div>
      <Heading level={1}>{t('title')}</Heading>
      {search.has('fout') ? <p className="d-note d-note--warning">{t('failed')}</p> : null}
      <Paragraph>{search.has('naar') ? t('expired') : t('intro')}</Paragraph>
      <a className="ams-button ams-button--primary" href={signInAddress(returnTo)}>
        {t('button')}
      </a>
      <div className="d-actions">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className="d-link-button"
            aria-pressed={language === currentLanguage()}
            onClick={() => void switchLanguage(language)}
          >
            {t(`common:languages.${language}`)}
          </button>
        ))}
      </div>
    </main>
  );
}
