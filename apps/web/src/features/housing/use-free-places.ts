import { useQuery } from '@tanstack/react-query';

import { placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';
import type { PlaceKind } from '#contracts/codes.js';

import { byNumberInName, vacanciesQuery, type Vacancy } from '../../api/places.js';
import { useMe } from '../../app/session.js';
import type { Option } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';

interface FreePlacesFilter {
  /** First day on which the place has to be free. */
  on: string;
  /** First day no longer needed; empty for a stay without an end. */
  until?: string;
  kind?: PlaceKind;
  /** Own client to another institution: a transfer may be recorded by the sending side. */
  anywhere?: boolean;
}

/**
 * The places that can be chosen: free from a day on, for as long as needed; for who works at an institution those of the
 * own one, except for a transfer (docs/decisions/0011). What is only free until a next reservation would be refused.
 */
export function useFreePlaces({ on, until = '', kind, anywhere = false }: FreePlacesFilter) {
  const me = useMe();
  const ownOnly = me.roles.includes('clientmanager') && !anywhere;
  const organisationId = ownOnly ? me.organisationId : undefined;
  const query = useQuery({
    ...vacanciesQuery({ on, kind, organisationId }),
    enabled: /^\d{4}-\d{2}-\d{2}$/.test(on),
  });
  const free = (query.data?.items ?? []).filter(
    ({ freeUntil }) => freeUntil === undefined || (until !== '' && until <= freeUntil),
  );
  return {
    free,
    options: free.toSorted((a, b) => byNumberInName(a.label, b.label)).map(vacancyOption),
    error: query.error,
    isSuccess: query.isSuccess,
  };
}

function vacancyOption({ placeId, label, kind, zwaarte, place }: Vacancy): Option {
  const facts = [inLanguage(placeKindLabels[kind]), inLanguage(zwaarteLabels[zwaarte])].join(', ').toLowerCase();
  const group =
    place === undefined ? {} : { group: `${place.organisationName} · ${place.locationName} · ${place.clusterName}` };
  return { value: placeId, label: `${label} (${facts})`, ...group };
}
