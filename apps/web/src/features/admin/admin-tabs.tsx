import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import { ADMIN_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';

/** The pages of the operator that the person may use. */
export function AdminTabs() {
  const { t } = useTranslation('admin');
  const can = useCan();
  const tabs = ADMIN_PAGES.filter((page) => can(page.needs));
  if (tabs.length < 2) return null;
  return (
    <nav className="d-tabs" aria-label={t('tabs.label')}>
      {tabs.map((page) => (
        <NavLink key={page.key} to={page.to} end={page.to === '/beheer'}>
          {t(`tabs.${page.key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
