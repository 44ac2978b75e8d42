import type { Permission } from '../api/session.js';

export interface NavItem {
  key: 'today' | 'clients' | 'places' | 'zrm' | 'admin';
  to: string;
  /** One of these is enough to show it. */
  needs: readonly Permission[];
}

/** The pages under Plekken; one of its permissions is enough for each. */
export const PLACES_PAGES = [
  { key: 'occupancy', to: '/plekken', needs: ['occupancy:read'] },
  { key: 'vacancies', to: '/plekken/vrij', needs: ['vacancies:read'] },
  { key: 'waitingList', to: '/plekken/wachtlijst', needs: ['waiting-list:read'] },
  { key: 'bedNights', to: '/plekken/bednachten', needs: ['bed-nights:read'] },
  { key: 'mismatches', to: '/plekken/zwaarte', needs: ['zwaarte-mismatches:read'] },
  { key: 'dataQuality', to: '/plekken/compleet', needs: ['data-quality:read', 'data-quality-shares:read'] },
  { key: 'imports', to: '/plekken/import', needs: ['imports:write'] },
] as const satisfies readonly { key: string; to: string; needs: readonly Permission[] }[];

/** The pages under ZRM; one of its permissions is enough for each. The lists come first, by how much they ask for. */
export const ZRM_PAGES = [
  { key: 'late', to: '/zrm', needs: ['zrm:read'] },
  { key: 'due', to: '/zrm/binnenkort', needs: ['zrm:read'] },
  { key: 'changed', to: '/zrm/veranderd', needs: ['zrm:read'] },
  { key: 'incomplete', to: '/zrm/zonder', needs: ['zrm:read'] },
  { key: 'all', to: '/zrm/iedereen', needs: ['zrm:read'] },
  { key: 'figures', to: '/zrm/cijfers', needs: ['zrm-timeliness:read'] },
  { key: 'calibration', to: '/zrm/ijking', needs: ['zrm-calibrations:read'] },
  { key: 'calibrationFigures', to: '/zrm/ijking/cijfers', needs: ['zrm-calibration-figures:read'] },
  { key: 'imports', to: '/zrm/import', needs: ['zrm-imports:write'] },
] as const satisfies readonly { key: string; to: string; needs: readonly Permission[] }[];

/** The pages under Beheer, each with what it takes. */
export const ADMIN_PAGES = [
  { key: 'organisations', to: '/beheer', needs: 'organisations:write' },
  { key: 'people', to: '/beheer/mensen', needs: 'people:write' },
  { key: 'caseloads', to: '/beheer/caseloads', needs: 'caseloads:write' },
  { key: 'rules', to: '/beheer/meldingen', needs: 'rules:write' },
  { key: 'zrmRules', to: '/beheer/zrm-regels', needs: 'zrm-rules:write' },
  { key: 'zrmDue', to: '/beheer/zrm-herinneringen', needs: 'zrm-due-settings:write' },
  { key: 'webhooks', to: '/beheer/webhooks', needs: 'webhooks:write' },
  { key: 'deadLetters', to: '/beheer/vastgelopen', needs: 'dead-letters:write' },
  { key: 'deadlines', to: '/beheer/termijnen', needs: 'deadlines:read' },
  { key: 'health', to: '/beheer/gezondheid', needs: 'system-health:read' },
  { key: 'audit', to: '/beheer/logboek', needs: 'audit:verify' },
] as const satisfies readonly { key: string; to: string; needs: Permission }[];

/**
 * The navigation, by work and not by service. Trajecten, Uitstroom and Rapportage get their place here, in the order of
 * the work, when they exist: no link leads nowhere.
 */
export const NAVIGATION: readonly NavItem[] = [
  { key: 'today', to: '/', needs: ['meldingen:read'] },
  { key: 'clients', to: '/clienten', needs: ['clients:read'] },
  { key: 'places', to: '/plekken', needs: PLACES_PAGES.flatMap((page) => page.needs) },
  { key: 'zrm', to: '/zrm', needs: ZRM_PAGES.flatMap((page) => page.needs) },
  { key: 'admin', to: '/beheer', needs: ADMIN_PAGES.map((page) => page.needs) },
];

/** Where work begins for who has no caseload: the first that the person may use. */
const STARTS: readonly { to: string; needs: Permission }[] = [
  { to: '/', needs: 'clients:read' },
  { to: '/beheer', needs: 'organisations:write' },
  { to: '/plekken/bednachten', needs: 'bed-nights:read' },
  { to: '/plekken/vrij', needs: 'vacancies:read' },
];

/** The page to arrive on after signing in: where something can be done in this role. Otherwise Vandaag, which says why not. */
export function startPageOf(can: (permission: Permission) => boolean): string {
  return STARTS.find(({ needs }) => can(needs))?.to ?? '/';
}
