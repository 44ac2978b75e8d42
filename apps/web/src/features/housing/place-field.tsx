import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';

import type { ClientFile } from '../../api/clients.js';
import { vacanciesQuery, type Vacancy } from '../../api/places.js';
import { SelectField, type Option } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import type { Form } from '../../ui/use-form.js';
import type { HousingFormValues } from './housing-command.js';

interface PlaceFieldProps {
  form: Form<HousingFormValues>;
  /** Day on which the place has to be free. */
  on: string;
  client: Pick<ClientFile, 'zwaarte'>;
  /** Whether staying on the same place is a choice. */
  keep?: boolean;
}

export function vacancyOption(vacancy: Vacancy): Option {
  const facts = [inLanguage(placeKindLabels[vacancy.kind]), inLanguage(zwaarteLabels[vacancy.zwaarte])];
  return {
    value: vacancy.placeId,
    label: `${vacancy.label} (${facts.join(', ').toLowerCase()})`,
    ...(vacancy.place === undefined
      ? {}
      : { group: `${vacancy.place.organisationName} · ${vacancy.place.locationName} · ${vacancy.place.clusterName}` }),
  };
}

/** A choice out of the places that are free on a day; says so when place and client differ in zwaarte. */
export function PlaceField({ form, on, client, keep = false }: PlaceFieldProps) {
  const { t } = useTranslation('housing');
  const vacancies = useQuery({ ...vacanciesQuery({ on }), enabled: /^\d{4}-\d{2}-\d{2}$/.test(on) });
  const free = vacancies.data?.items ?? [];
  const chosen = free.find((vacancy) => vacancy.placeId === form.values.placeId);
  const differs = chosen !== undefined && client.zwaarte !== undefined && chosen.zwaarte !== client.zwaarte;
  return (
    <>
      <SelectField
        form={form}
        name="placeId"
        label={t('field.place')}
        hint={t('field.placeHint')}
        options={free.map(vacancyOption)}
        optional={keep}
        {...(keep ? { empty: t('field.placeKeep') } : {})}
      />
      {vacancies.error === null ? null : <Failure error={vacancies.error} headingLevel={3} />}
      {vacancies.isSuccess && free.length === 0 ? <p className="d-note">{t('field.noPlaces')}</p> : null}
      {differs ? (
        <p className="d-note" role="status">
          {t('field.mismatch', {
            place: inLanguage(zwaarteLabels[chosen.zwaarte]).toLowerCase(),
            client: inLanguage(zwaarteLabels[client.zwaarte ?? 'light']).toLowerCase(),
          })}
        </p>
      ) : null}
    </>
  );
}
