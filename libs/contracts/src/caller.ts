import type { Role } from './codes.js';

/**
 * Who asks, as proven by the gateway to the services with a short-lived signed token (design.md §4, Access).
 * It carries relations, not rights: what a caller may do is decided by the service that owns the data.
 */
export interface Caller {
  /** `person` signs in through OIDC, `system` with client credentials; `service` is one of our own processes. */
  kind: 'person' | 'system' | 'service';
  /** Identifier of the person or system in the people directory, or the service's name. */
  personId: string;
  roles: Role[];
  /** The organisation that the caller works for; absent for an operator without one. */
  organisationId?: string;
  /** Clusters whose clients are in the caller's caseload, including those of colleagues being replaced. */
  clusterIds: string[];
  /** Clients named one by one in the caller's caseload. */
  clientIds: string[];
}
