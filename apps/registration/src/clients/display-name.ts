import type { ClientRecord } from './client.schema.js';

/** How people call a client: given names, prefix, family name. */
export function displayName({
  givenNames,
  familyNamePrefix,
  familyName,
}: Pick<ClientRecord, 'givenNames' | 'familyNamePrefix' | 'familyName'>): string {
  return [givenNames, familyNamePrefix, familyName].filter((part) => part !== undefined && part !== '').join(' ');
}
