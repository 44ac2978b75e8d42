import { useTranslation } from 'react-i18next';

import {
  cancellationReasonLabels,
  correctionReasonLabels,
  departureDestinationLabels,
  departureReasonLabels,
  leaveReasonLabels,
} from '#contracts/code-labels.js';

import type { ClientFile } from '../../api/clients.js';
import { addDays, today } from '../../ui/dates.js';
import { DateField, SelectField, type Option } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { Form } from '../../ui/use-form.js';
import type { HousingFormValues } from './housing-command.js';
import type { HousingTask } from './housing-panel.js';
import { PlaceField } from './place-field.js';

type Labels = Readonly<Record<string, { nl: string; en: string }>>;

export function optionsOf(labels: Labels): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label: inLanguage(label) }));
}

interface HousingFieldsProps {
  form: Form<HousingFormValues>;
  task: HousingTask;
  client: ClientFile;
}

/** The fields that belong to what is recorded. */
export function HousingFields({ form, task, client }: HousingFieldsProps) {
  const { t } = useTranslation('housing');
  const reason = (labels: Labels) => (
    <SelectField form={form} name="reason" label={t('field.reason')} options={optionsOf(labels)} />
  );
  switch (task.kind) {
    case 'arrival':
      return (
        <>
          <DateField form={form} name="from" label={t('field.from')} max={today()} />
          {task.reservation === undefined ? <PlaceField form={form} on={form.values.from} client={client} /> : null}
        </>
      );
    case 'move':
      return (
        <>
          <DateField form={form} name="date" label={t('field.date')} max={today()} />
          {task.reservation === undefined ? (
            <PlaceField form={form} on={form.values.date} client={client} anywhere />
          ) : null}
        </>
      );
    case 'reservation':
      return (
        <>
          <DateField form={form} name="from" label={t('field.from')} min={addDays(today(), 1)} />
          <PlaceField form={form} on={form.values.from} client={client} anywhere />
          <DateField form={form} name="until" label={t('field.until')} hint={t('field.untilHint')} optional />
        </>
      );
    case 'leave':
      return (
        <>
          <DateField form={form} name="from" label={t('field.leaveFrom')} />
          <DateField form={form} name="expectedUntil" label={t('field.expectedUntil')} optional />
          {reason(leaveReasonLabels)}
        </>
      );
    case 'return':
      return <DateField form={form} name="date" label={t('field.date')} max={today()} />;
    case 'departure':
      return (
        <>
          <DateField form={form} name="date" label={t('field.date')} />
          {reason(departureReasonLabels)}
          <SelectField
            form={form}
            name="destination"
            label={t('field.destination')}
            options={optionsOf(departureDestinationLabels)}
          />
        </>
      );
    case 'correction':
      return (
        <>
          <DateField form={form} name="from" label={t('field.from')} />
          <DateField form={form} name="until" label={t('field.until')} hint={t('field.untilHint')} optional />
          <PlaceField form={form} on={form.values.from} client={client} keep />
          {reason(correctionReasonLabels)}
        </>
      );
    case 'cancellation':
      return reason(cancellationReasonLabels);
  }
}
