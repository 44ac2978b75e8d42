/**
 * What a page of the web app may offer, each told by the operation of the REST interface that it leads to: who may use the
 * operation (`allow` of its request) has the permission. A help for the page only; the services decide again on every request.
 */
export const permissionOperations = {
  'meldingen:read': 'GET /v1/meldingen',
  'clients:read': 'POST /v1/clients/search',
  'clients:write': 'POST /v1/clients',
  'clients:merge': 'POST /v1/clients/{clientId}/merge',
  'access-log:read': 'GET /v1/clients/{clientId}/access-log',
  'housing:write': 'POST /v1/clients/{clientId}/housing-changes',
  'occupancy:read': 'GET /v1/occupancy',
  'vacancies:read': 'GET /v1/vacancies',
  'bed-nights:read': 'GET /v1/bed-nights',
  'zwaarte-mismatches:read': 'GET /v1/zwaarte-mismatches',
  'waiting-list:read': 'GET /v1/waiting-list',
  'waiting-list:write': 'POST /v1/waiting-list',
  'data-quality:read': 'GET /v1/data-quality',
  'data-quality-shares:read': 'GET /v1/data-quality/shares',
  'zrm:read': 'GET /v1/zrm-clients',
  'zrm:write': 'POST /v1/clients/{clientId}/zrms',
  'zrm-timeliness:read': 'GET /v1/zrm-timeliness',
  'zrm-history:read': 'GET /v1/zrm-history',
  'imports:write': 'POST /v1/imports',
  'organisations:write': 'POST /v1/organisations',
  'people:write': 'POST /v1/people',
  'caseloads:write': 'PUT /v1/caseloads/{personId}',
  'zrm-rules:write': 'PUT /v1/zrm-settings',
  'zrm-due-settings:write': 'PUT /v1/zrm-due-settings',
  'rules:write': 'PUT /v1/notification-rules/{ruleId}',
  'webhooks:write': 'POST /v1/webhooks',
  'dead-letters:write': 'GET /v1/dead-letters',
  'deadlines:read': 'GET /v1/deadlines/assessment',
  'system-health:read': 'GET /v1/system-health',
  'audit:verify': 'POST /v1/audit/verify',
} as const;
export type Permission = keyof typeof permissionOperations;
