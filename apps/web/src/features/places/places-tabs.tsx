import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import type { Permission } from '../../api/session.js';
import { useCan } from '../../app/session.js';

const TABS = [
  { key: 'occupancy', to: '/plekken', needs: ['occupancy:read'] },
  { key: 'vacancies', to: '/plekken/vrij', needs: ['vacancies:read', 'occupancy:read'] },
  { key: 'waitingList', to: '/plekken/wachtlijst', needs: ['waiting-list:read'] },
  { key: 'dataQuality', to: '/plekken/compleet', needs: ['data-quality:read'] },
  { key: 'imports', to: '/plekken/import', needs: ['imports:write'] },
] as const satisfies readonly { key: string; to: string; needs: readonly Permission[] }[];

/** The pages about places that the person may use. */
export function PlacesTabs() {
  const { t } = useTranslation('places');
  const can = useCan();
  return (
    <nav className="d-tabs" aria-label={t('tabs.label')}>
      {TABS.filter((tab) => tab.needs.some(can)).map((tab) => (
        <NavLink key={tab.key} to={tab.to} end={tab.to === '/plekken'}>
          {t(`tabs.${tab.key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
