import { SkipLink } from '@amsterdam/design-system-react';
import { Fragment, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation } from 'react-router';

import { preloadMessages } from '../i18n/index.js';
import { Announcer } from '../ui/announcer.js';
import { guardFocus } from '../ui/focus.js';
import { Loading } from '../ui/states.js';
import { UndoProvider } from '../ui/undo.js';
import { CalibrationsToScore } from './calibrations-to-score.js';
import { ClientSearch } from './client-search.js';
import { MeldingenBell } from './meldingen-bell.js';
import { MeldingenStreamProvider } from './meldingen-stream.js';
import { NAVIGATION } from './navigation.js';
import { PersonMenu } from './person-menu.js';
import { useCan, useMe } from './session.js';
import { SessionLost } from './session-lost.js';

/** Fetched in a demo only. */
const DemoDate = lazy(async () => {
  const [module] = await Promise.all([import('../features/demo/demo-date.js'), preloadMessages('demo')]);
  return { default: module.DemoDate };
});

/** The frame around every page: navigation at the left, search, meldingen and the person at the top. */
export function Frame() {
  const { t } = useTranslation();
  const me = useMe();
  const can = useCan();
  useEffect(guardFocus, []);
  return (
    <Announcer>
      <UndoProvider>
        <MeldingenStreamProvider enabled={can('meldingen:read')}>
          <SkipLink href="#content">{t('skipToContent')}</SkipLink>
          <div className="d-frame">
            <header className="d-top">
              <Link to="/" className="d-brand">
                <img src="/favicon.svg" alt="" width="28" height="28" />
                {t('appName')}
              </Link>
              {can('clients:read') ? <ClientSearch /> : <div />}
              <div className="d-top__end">
                {can('meldingen:read') ? <MeldingenBell /> : null}
                <PersonMenu me={me} />
              </div>
            </header>
            <SideNavigation />
            <main id="content" className="d-main" tabIndex={-1}>
              {me.demo ? (
                <div className="d-demo">
                  <p>{t('person.demo')}</p>
                  {me.clockOffset === undefined ? null : (
                    <Suspense fallback={null}>
                      <DemoDate />
                    </Suspense>
                  )}
                </div>
              ) : null}
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            </main>
          </div>
          <SessionLost />
        </MeldingenStreamProvider>
      </UndoProvider>
    </Announcer>
  );
}

function SideNavigation() {
  const { t } = useTranslation();
  const can = useCan();
  const { key } = useLocation();
  // Open on one location only: following a link closes it.
  const [openOn, setOpenOn] = useState<string>();
  const open = openOn === key;
  return (
    <nav className="d-nav" aria-label={t('mainNavigation')}>
      <button
        type="button"
        className="d-nav__toggle"
        aria-expanded={open}
        aria-controls="main-navigation"
        onClick={() => setOpenOn(open ? undefined : key)}
      >
        <span aria-hidden="true">☰</span> {t('menu')}
      </button>
      <ul id="main-navigation" className={open ? 'd-nav__list d-nav__list--open' : 'd-nav__list'}>
        {NAVIGATION.filter((item) => item.needs.some(can)).map((item) => (
          <Fragment key={item.key}>
            <li>
              <NavLink to={item.to} end={item.to === '/'} className="d-nav__link">
                {t(`nav.${item.key}`)}
              </NavLink>
            </li>
            {item.key === 'zrm' && can('zrm-calibrations:read') ? <CalibrationsToScore /> : null}
          </Fragment>
        ))}
      </ul>
    </nav>
  );
}
