import {
  createClient,
  dataQualityShares,
  findPossibleDuplicates,
  getClient,
  listClientVersions,
  listDataQuality,
  mergeClients,
  revealBsn,
  searchClients,
  unmergeClients,
  updateClient,
} from '#contracts/registration/clients.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'clients';
const client = '0192f6a8-0000-7000-8000-00000000c001';
const other = '0192f6a8-0000-7000-8000-00000000c002';
const organisation = '0192f6a8-0000-7000-8000-000000000b01';
const person = {
  givenNames: 'Noor',
  familyNamePrefix: 'de',
  familyName: 'Wit',
  birthDate: '2001-03-01',
  municipalityOfOrigin: 'Zandstad',
};

/** Client records: NAW, versions, duplicates, merging, data quality. */
export const clientRoutes: AnyRoute[] = [
  route({
    method: 'POST',
    path: '/v1/clients/search',
    request: searchClients,
    tag,
    summary:
      'Find clients by the beginnings of names, a whole date of birth or a BSN; by POST to keep these out of addresses',
    examples: {
      body: { text: 'noor wit', housing: 'housed', sort: 'name', limit: 20 },
      reply: {
        items: [
          {
            clientId: client,
            name: 'Noor de Wit',
            birthDate: '2001-03-01',
            zwaarte: 'medium',
            organisationId: organisation,
            organisationName: 'De Haven',
            housing: 'none',
          },
        ],
        total: 1,
      },
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clients/possible-duplicates',
    request: findPossibleDuplicates,
    tag,
    summary: 'Records that may be of the same person, with a score; look before you register',
    examples: {
      body: person,
      reply: {
        items: [
          {
            clientId: other,
            visible: false,
            organisationId: organisation,
            organisationName: 'De Haven',
            score: 0.9,
            reasons: ['same-name', 'same-birth-date'],
          },
        ],
      },
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clients',
    request: createClient,
    tag,
    summary: 'Register a client; with an Idempotency-Key a repeated request gives the same client',
    status: 201,
    etag: 'version',
    location: '/v1/clients/{clientId}',
    examples: { body: { ...person, notADuplicate: true }, reply: { clientId: client, version: 1 } },
  }),
  route({
    method: 'GET',
    path: '/v1/clients/{clientId}',
    request: getClient,
    tag,
    summary: 'The record of one client, with where they are housed; the BSN shows its last digits',
    etag: 'version',
  }),
  route({
    method: 'PATCH',
    path: '/v1/clients/{clientId}',
    request: updateClient,
    tag,
    summary: 'Change what is given; null takes a value away; needs If-Match',
    etag: 'version',
    examples: { body: { phone: '06-12345678', address: null } },
  }),
  route({
    method: 'GET',
    path: '/v1/clients/{clientId}/bsn',
    request: revealBsn,
    tag,
    summary: 'The whole BSN; logged as an access of its own',
  }),
  route({
    method: 'GET',
    path: '/v1/clients/{clientId}/versions',
    request: listClientVersions,
    tag,
    summary: 'Earlier versions of the record: who, when, which fields',
  }),
  route({
    method: 'POST',
    path: '/v1/clients/{clientId}/merge',
    request: mergeClients,
    tag,
    summary: 'Join this record with another of the same person, which goes on',
    examples: {
      body: { intoClientId: other, reason: 'Twee keer ingevoerd' },
      reply: { clientId: client, version: 2, intoClientId: other, intoVersion: 4 },
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clients/{clientId}/unmerge',
    request: unmergeClients,
    tag,
    summary: 'Take back a merge: both records get back what they had',
    examples: { body: { reason: 'Toch twee mensen' } },
  }),
  route({
    method: 'GET',
    path: '/v1/data-quality',
    request: listDataQuality,
    tag,
    summary: 'Whose record misses what, and the share per institution that counts as registered',
  }),
  route({
    method: 'GET',
    path: '/v1/data-quality/shares',
    request: dataQualityShares,
    tag,
    summary: 'Shares per institution without any client; small counts are suppressed',
  }),
];
