import { useTranslation } from 'react-i18next';

import type { ClientFile } from '../../api/clients.js';
import { formatDate, today } from '../../ui/dates.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { placeText } from '../housing/place-text.js';

function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Who a client is, in one line: born when, of which institution, how heavy. */
export function ClientFacts({ client }: { client: ClientFile }) {
  const { t } = useTranslation('clients');
  const facts = [
    client.birthDate === undefined
      ? t('file.bornUnknown')
      : t('file.born', { date: formatDate(client.birthDate), age: ageOn(client.birthDate, today()) }),
    client.organisationName,
  ];
  return (
    <>
      {facts.join(' · ')} · <ZwaarteLabel zwaarte={client.zwaarte} />
    </>
  );
}

/** Where the client is now, in one sentence. */
export function ClientNow({ client }: { client: ClientFile }) {
  const { t } = useTranslation('clients');
  const place = client.place === undefined ? '' : placeText(client.place);
  return <p className="d-now">{t(`file.housing.${client.housing}`, { place })}</p>;
}
