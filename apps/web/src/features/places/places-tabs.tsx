import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import { PLACES_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';

/** The pages about places that the person may use; nothing to choose when it is one. */
export function PlacesTabs() {
  const { t } = useTranslation('places');
  const can = useCan();
  const tabs = PLACES_PAGES.filter((tab) => tab.needs.some(can));
  if (tabs.length < 2) return null;
  return (
    <nav className="d-tabs" aria-label={t('tabs.label')}>
      {tabs.map((tab) => (
        <NavLink key={tab.key} to={tab.to} end={tab.to === '/plekken'}>
          {t(`tabs.${tab.key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
