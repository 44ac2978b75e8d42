import { useTranslation } from 'react-i18next';

import { CheckField, SelectField } from '../../ui/fields.js';
import type { Form } from '../../ui/use-form.js';
import { EXPECTATIONS, URGENCIES } from './rule-choices.js';

// A type and not an interface: only that fits the values of a form, which may have more fields.
type DeliveryValues = { urgency: string; expectedAction: string; notToWhoEnteredIt: string };

/** How urgent a melding of the rule is, what it asks, and whether it also goes to who entered the change. */
export function RuleDeliveryFields<V extends DeliveryValues>({ form }: { form: Form<V> }) {
  const { t } = useTranslation('admin');
  return (
    <>
      <SelectField
        form={form}
        name="urgency"
        label={t('rules.urgency')}
        options={URGENCIES.map((value) => ({ value, label: t(`rules.urgencies.${value}`) }))}
      />
      <SelectField
        form={form}
        name="expectedAction"
        label={t('rules.expected')}
        options={EXPECTATIONS.map((value) => ({ value, label: t(`rules.expectations.${value}`) }))}
      />
      <CheckField form={form} name="notToWhoEnteredIt" label={t('rules.notToWhoEnteredIt')} />
    </>
  );
}
