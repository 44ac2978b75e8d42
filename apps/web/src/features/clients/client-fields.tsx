import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { contactRelationLabels, zwaarteLabels } from '#contracts/code-labels.js';
import { contactRelations, zwaartes } from '#contracts/codes.js';

import { today } from '../../ui/dates.js';
import { DateField, SelectField, TextField } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { Form } from '../../ui/use-form.js';
import {
  ADDRESS_FIELDS,
  contactCount,
  emptyContact,
  MOST_CONTACTS,
  withoutContact,
  type ClientFormValues,
} from './client-form.js';

interface ClientFieldsProps {
  form: Form<ClientFormValues>;
  bsnHint: string;
}

/** The fields of NAW, for a new client and for a change. */
export function ClientFields({ form, bsnHint }: ClientFieldsProps) {
  const { t } = useTranslation('clients');
  return (
    <>
      <fieldset className="d-stack">
        <legend className="d-legend">{t('form.person')}</legend>
        <TextField form={form} name="givenNames" label={t('form.givenNames')} optional maxLength={100} />
        <div className="d-form__row">
          <TextField form={form} name="familyNamePrefix" label={t('form.familyNamePrefix')} optional maxLength={20} />
          <TextField form={form} name="familyName" label={t('form.familyName')} maxLength={100} />
        </div>
        <div className="d-form__row">
          <DateField form={form} name="birthDate" label={t('form.birthDate')} max={today()} optional />
          <SelectField
            form={form}
            name="zwaarte"
            label={t('form.zwaarte')}
            optional
            options={zwaartes.map((value) => ({ value, label: inLanguage(zwaarteLabels[value]) }))}
          />
        </div>
        <TextField
          form={form}
          name="bsn"
          label={t('form.bsn')}
          hint={bsnHint}
          optional
          inputMode="numeric"
          maxLength={12}
        />
      </fieldset>
      <fieldset className="d-stack">
        <legend className="d-legend">{t('form.contact')}</legend>
        <div className="d-form__row">
          {ADDRESS_FIELDS.map((field) => (
            <TextField
              key={field}
              form={form}
              name={`address.${field}`}
              label={t(`form.${field}`)}
              optional
              maxLength={100}
            />
          ))}
        </div>
        <div className="d-form__row">
          <TextField form={form} name="phone" label={t('form.phone')} type="tel" optional maxLength={30} />
          <TextField form={form} name="email" label={t('form.email')} type="email" optional maxLength={200} />
        </div>
      </fieldset>
      <fieldset className="d-stack">
        <legend className="d-legend">{t('form.more')}</legend>
        <div className="d-form__row">
          <TextField
            form={form}
            name="municipalityOfOrigin"
            label={t('form.municipalityOfOrigin')}
            optional
            maxLength={100}
          />
          <TextField form={form} name="language" label={t('form.language')} optional maxLength={50} />
        </div>
      </fieldset>
      <ContactFields form={form} />
    </>
  );
}

function ContactFields({ form }: { form: Form<ClientFormValues> }) {
  const { t } = useTranslation('clients');
  const count = contactCount(form.values);
  const removeAt = (removed: number): void => form.replace(withoutContact(form.values, removed));
  return (
    <fieldset className="d-stack">
      <legend className="d-legend">{t('form.contacts')}</legend>
      {Array.from({ length: count }, (_, index) => (
        <fieldset key={index} className="d-stack d-card">
          <legend className="ams-visually-hidden">{t('form.contactNumber', { number: index + 1 })}</legend>
          <div className="d-form__row">
            <TextField
              form={form}
              name={`contactPersons[${index}].name`}
              label={t('form.contactName')}
              maxLength={100}
            />
            <SelectField
              form={form}
              name={`contactPersons[${index}].relation`}
              label={t('form.contactRelation')}
              options={contactRelations.map((value) => ({ value, label: inLanguage(contactRelationLabels[value]) }))}
            />
          </div>
          <div className="d-form__row">
            <TextField
              form={form}
              name={`contactPersons[${index}].phone`}
              label={t('form.phone')}
              type="tel"
              optional
            />
            <TextField
              form={form}
              name={`contactPersons[${index}].email`}
              label={t('form.email')}
              type="email"
              optional
            />
          </div>
          <div>
            <Button type="button" variant="tertiary" onClick={() => removeAt(index)}>
              {t('form.removeContact', { number: index + 1 })}
            </Button>
          </div>
        </fieldset>
      ))}
      {count >= MOST_CONTACTS ? null : (
        <div>
          <Button
            type="button"
            variant="secondary"
            onClick={() => form.replace({ ...form.values, ...emptyContact(count) })}
          >
            {t('form.addContact')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
