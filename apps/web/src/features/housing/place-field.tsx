import { useTranslation } from 'react-i18next';

import { zwaarteLabels } from '#contracts/code-labels.js';

import type { ClientFile } from '../../api/clients.js';
import { SelectField } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import type { Form } from '../../ui/use-form.js';
import type { HousingFormValues } from './housing-command.js';
import { useFreePlaces } from './use-free-places.js';

interface PlaceFieldProps {
  form: Form<HousingFormValues>;
  /** Day on which the place has to be free. */
  on: string;
  client: Pick<ClientFile, 'zwaarte'>;
  /** Whether places of other institutions are a choice: the client goes there from here. */
  anywhere?: boolean;
  /** Whether staying on the same place is a choice. */
  keep?: boolean;
}

/** A choice out of the places that are free on a day; says so when place and client differ in zwaarte. */
export function PlaceField({ form, on, client, anywhere = false, keep = false }: PlaceFieldProps) {
  const { t } = useTranslation('housing');
  const { free, options, error, isSuccess } = useFreePlaces({ on, until: form.values.until, anywhere });
  const chosen = free.find((vacancy) => vacancy.placeId === form.values.placeId);
  const differs = chosen !== undefined && client.zwaarte !== undefined && chosen.zwaarte !== client.zwaarte;
  return (
    <>
      <SelectField
        form={form}
        name="placeId"
        label={t('field.place')}
        hint={t('field.placeHint')}
        options={options}
        optional={keep}
        {...(keep ? { empty: t('field.placeKeep') } : {})}
      />
      {error === null ? null : <Failure error={error} headingLevel={3} />}
      {isSuccess && free.length === 0 && !keep ? <p className="d-note">{t('field.noPlaces')}</p> : null}
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
