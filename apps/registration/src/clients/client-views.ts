import type { CivilDate } from '#calendar/civil-date.js';
import type {
  ClientDetails,
  ClientFile,
  ClientSummary,
  HousingSummary,
} from '#contracts/registration/client-shapes.js';
import type { PlaceRef } from '#contracts/registration/structure-shapes.js';
import { housingSummary } from '../stays/housing-summary.js';
import { withoutNothing } from '../without-nothing.js';
import type { ClientDocument, StoredHousing } from './client.schema.js';
import { missingOf } from './data-quality.js';
import { displayName } from './display-name.js';
import { statusToday } from './housing-today.js';

/** Names that are shown with clients. */
export interface NamesAround {
  places: ReadonlyMap<string, PlaceRef>;
  organisations: ReadonlyMap<string, string>;
}

/** The organisation that a client is counted with: where they are housed, or were registered. */
export function organisationOf(client: Pick<ClientDocument, 'housing' | 'registeredByOrganisationId'>): string {
  return client.housing.organisationId ?? client.registeredByOrganisationId;
}

export function summaryView(client: ClientDocument, names: NamesAround, today: CivilDate): ClientSummary {
  const { _id, details } = client;
  const organisationId = organisationOf(client);
  return withoutNothing<ClientSummary>({
    clientId: _id,
    name: displayName(details),
    birthDate: details.birthDate,
    zwaarte: details.zwaarte,
    municipalityOfOrigin: details.municipalityOfOrigin,
    organisationId,
    organisationName: names.organisations.get(organisationId) ?? '',
    ...housingView(client.housing, names, today),
  });
}

function housingView(housing: StoredHousing, names: NamesAround, today: CivilDate): HousingSummary {
  const status = statusToday(housing, today);
  if (status === 'none') return { housing: status };
  const place = housing.placeId === undefined ? undefined : names.places.get(housing.placeId);
  return withoutNothing<HousingSummary>({ housing: status, place, since: housing.since });
}

/** Records that were joined with this one, with their names when the caller may see them. */
export interface MergeNames {
  mergedInto?: ClientFile['mergedInto'];
  mergedFrom: ClientFile['mergedFrom'];
}

export function fileView(
  client: ClientDocument,
  context: { names: NamesAround; today: CivilDate; bsn: string | undefined; merges: MergeNames },
): ClientFile {
  const { names, today, bsn, merges } = context;
  const { _id, version, details, ledger, createdAt, updatedAt } = client;
  const organisationId = organisationOf(client);
  return withoutNothing<ClientFile>({
    clientId: _id,
    version,
    name: displayName(details),
    ...detailsView(client.details),
    organisationId,
    organisationName: names.organisations.get(organisationId) ?? '',
    bsnLastDigits: bsn?.slice(-3),
    ...housingView(housingSummary(ledger, today), names, today),
    missing: missingOf({ details, stays: ledger.stays, today }),
    ...merges,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  });
}

export function detailsView(details: ClientDocument['details']): ClientDetails {
  return { ...details };
}
