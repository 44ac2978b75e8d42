import { createBrowserRouter, redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router';

import type { INBOX_PATH } from '#contracts/notifications/codes.js';

import { ApiError } from '../api/problem.js';
import { meQuery } from '../api/session.js';
import { preloadMessages } from '../i18n/index.js';
import { Frame } from './frame.js';
import { startPageOf } from './navigation.js';
import { NotFound, PageFailure, Starting } from './page-failure.js';
import { queryClient } from './query-client.js';

type PageModule = { Component: () => React.JSX.Element };

/** A page that is fetched when it is first opened, its messages at the same time. */
function page(path: string, load: () => Promise<PageModule>, ...namespaces: string[]): RouteObject {
  return {
    path,
    lazy: async () => {
      const [module] = await Promise.all([load(), preloadMessages(...namespaces)]);
      return { Component: module.Component };
    },
  };
}

/** Without a session every address leads to the sign-in page, which brings the person back afterwards. */
async function requireSession({ request }: LoaderFunctionArgs): Promise<Response | null> {
  try {
    await queryClient.query({ ...meQuery, staleTime: 'static' });
    return null;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const { pathname, search } = new URL(request.url);
    return redirect(pathname === '/' ? '/inloggen' : `/inloggen?naar=${encodeURIComponent(pathname + search)}`);
  }
}

/** After signing in without having asked for a page: where this person's work begins. */
async function toStart(): Promise<Response> {
  const { permissions } = await queryClient.query({ ...meQuery, staleTime: 'static' });
  return redirect(startPageOf((permission) => permissions.includes(permission)));
}

const inboxPath: typeof INBOX_PATH = '/meldingen';

export const router = createBrowserRouter([
  page('/inloggen', () => import('../features/sign-in/sign-in-page.js'), 'sign-in'),
  page('/ingelogd', () => import('../features/sign-in/signed-in-page.js'), 'sign-in'),
  {
    id: 'frame',
    path: '/',
    loader: requireSession,
    shouldRevalidate: () => false,
    Component: Frame,
    HydrateFallback: Starting,
    ErrorBoundary: PageFailure,
    children: [
      {
        ErrorBoundary: PageFailure,
        children: [
          {
            index: true,
            lazy: async () => {
              const [module] = await Promise.all([
                import('../features/meldingen/today-page.js'),
                preloadMessages('meldingen'),
              ]);
              return { Component: module.Component };
            },
          },
          // Where e-mails send people.
          { path: inboxPath, loader: () => redirect('/'), Component: Starting },
          { path: 'begin', loader: toStart, Component: Starting },
          page('mijn-instellingen', () => import('../features/meldingen/preferences-page.js'), 'meldingen'),
          page('clienten', () => import('../features/clients/clients-page.js'), 'clients', 'housing'),
          page('clienten/nieuw', () => import('../features/clients/new-client-page.js'), 'clients'),
          page(
            'clienten/:clientId/:tab?',
            () => import('../features/clients/client-page.js'),
            'clients',
            'housing',
            'meldingen',
            'zrm',
          ),
          page('clienten/:clientId/zrm/:measurementId', () => import('../features/zrm/zrm-page.js'), 'zrm'),
          page('plekken', () => import('../features/places/occupancy-page.js'), 'places', 'housing'),
          page('plekken/vrij', () => import('../features/places/vacancies-page.js'), 'places'),
          page('plekken/bednachten', () => import('../features/places/bed-nights-page.js'), 'places'),
          page('plekken/zwaarte', () => import('../features/places/mismatches-page.js'), 'places', 'housing'),
          page('plekken/wachtlijst', () => import('../features/places/waiting-list-page.js'), 'places'),
          page('plekken/compleet', () => import('../features/places/data-quality-page.js'), 'places'),
          page('plekken/import', () => import('../features/imports/imports-page.js'), 'imports', 'places'),
          page('plekken/import/:importId', () => import('../features/imports/import-page.js'), 'imports', 'places'),
          page('zrm', () => import('../features/zrm-lists/worklist-page.js'), 'zrm-lists', 'zrm'),
          page('zrm/binnenkort', () => import('../features/zrm-lists/worklist-page.js'), 'zrm-lists', 'zrm'),
          page('zrm/veranderd', () => import('../features/zrm-lists/worklist-page.js'), 'zrm-lists', 'zrm'),
          page('zrm/zonder', () => import('../features/zrm-lists/worklist-page.js'), 'zrm-lists', 'zrm'),
          page('zrm/iedereen', () => import('../features/zrm-lists/worklist-page.js'), 'zrm-lists', 'zrm'),
          page('zrm/cijfers', () => import('../features/zrm-lists/timeliness-page.js'), 'zrm-lists'),
          page('zrm/ijking', () => import('../features/calibration/calibrations-page.js'), 'calibration', 'zrm-lists'),
          page('zrm/ijking/nieuw', () => import('../features/calibration/plan-page.js'), 'calibration', 'zrm'),
          page(
            'zrm/ijking/cijfers',
            () => import('../features/calibration/figures-page.js'),
            'calibration',
            'zrm',
            'zrm-lists',
          ),
          page('zrm/ijking/:sessionId', () => import('../features/calibration/session-page.js'), 'calibration', 'zrm'),
          page(
            'zrm/ijking/:sessionId/:caseId',
            () => import('../features/calibration/score-page.js'),
            'calibration',
            'zrm',
          ),
          page('zrm/import', () => import('../features/imports/zrm-imports-page.js'), 'imports', 'zrm-lists'),
          page('zrm/import/:importId', () => import('../features/imports/zrm-import-page.js'), 'imports', 'zrm-lists'),
          page('beheer', () => import('../features/admin/organisations-page.js'), 'admin'),
          page('beheer/mensen', () => import('../features/admin/people-page.js'), 'admin'),
          page('beheer/caseloads', () => import('../features/admin/caseloads-page.js'), 'admin'),
          page('beheer/meldingen', () => import('../features/admin/rules-page.js'), 'admin'),
          page(
            'beheer/zrm-regels',
            () => import('../features/zrm-settings/rules-page.js'),
            'zrm-settings',
            'admin',
            'zrm',
          ),
          page(
            'beheer/zrm-herinneringen',
            () => import('../features/zrm-settings/due-page.js'),
            'zrm-settings',
            'admin',
            'zrm',
          ),
          page('beheer/termijnen', () => import('../features/operations/deadlines-page.js'), 'operations', 'admin'),
          page('beheer/webhooks', () => import('../features/operations/webhooks-page.js'), 'operations', 'admin'),
          page(
            'beheer/vastgelopen',
            () => import('../features/operations/dead-letters-page.js'),
            'operations',
            'admin',
          ),
          page('beheer/gezondheid', () => import('../features/operations/health-page.js'), 'operations', 'admin'),
          page('beheer/logboek', () => import('../features/operations/audit-page.js'), 'operations', 'admin'),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]);
