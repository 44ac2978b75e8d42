import { Heading } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ruleKeys, saveSettings, settingsQuery, type NotificationSettings } from '../../api/admin.js';
import { colleaguesQuery } from '../../api/people.js';
import { useCan } from '../../app/session.js';
import { FormBody, SelectField, TextField } from '../../ui/fields.js';
import { Ready } from '../../ui/states.js';
import { useForm } from '../../ui/use-form.js';

const URGENCIES = ['high', 'normal', 'low'] as const;

/** Who gets what nobody is responsible for, and when a melding is told again and goes further. */
export function NotificationSettingsForm() {
  const { t } = useTranslation('admin');
  const can = useCan();
  const query = useQuery(settingsQuery);
  if (!can('rules:write')) return null;
  return (
    <section className="d-card d-stack" aria-labelledby="settings">
      <Heading level={2} id="settings">
        {t('settings.title')}
      </Heading>
      <Ready query={query}>{(settings) => <SettingsForm settings={settings} />}</Ready>
    </section>
  );
}

function SettingsForm({ settings }: { settings: NotificationSettings }) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const people = useQuery(colleaguesQuery({}));
  const [saved, setSaved] = useState(false);
  const { escalation } = settings;
  const form = useForm({
    initial: {
      fallbackPersonId: settings.fallbackPersonId ?? '',
      coordinatorPersonId: settings.coordinatorPersonId ?? '',
      groupingMinutes: String(settings.groupingMinutes),
      mailBundleSeconds: String(settings.mailBundleSeconds),
      longestSnoozeDays: String(settings.longestSnoozeDays),
      'escalation.high.reminderAfter': String(escalation.high.reminderAfter),
      'escalation.high.escalateAfter': String(escalation.high.escalateAfter),
      'escalation.normal.reminderAfter': String(escalation.normal.reminderAfter),
      'escalation.normal.escalateAfter': String(escalation.normal.escalateAfter),
      'escalation.low.reminderAfter': String(escalation.low.reminderAfter),
      'escalation.low.escalateAfter': String(escalation.low.escalateAfter),
    },
    required: ['groupingMinutes', 'mailBundleSeconds', 'longestSnoozeDays'],
  });
  const { values } = form;
  const times = (urgency: (typeof URGENCIES)[number]) => ({
    reminderAfter: Number(values[`escalation.${urgency}.reminderAfter`]),
    escalateAfter: Number(values[`escalation.${urgency}.escalateAfter`]),
  });
  const save = async (): Promise<void> => {
    setSaved(false);
    const answer = await saveSettings(settings.version, {
      fallbackPersonId: values.fallbackPersonId === '' ? null : values.fallbackPersonId,
      coordinatorPersonId: values.coordinatorPersonId === '' ? null : values.coordinatorPersonId,
      groupingMinutes: Number(values.groupingMinutes),
      mailBundleSeconds: Number(values.mailBundleSeconds),
      longestSnoozeDays: Number(values.longestSnoozeDays),
      escalation: { high: times('high'), normal: times('normal'), low: times('low') },
    });
    queries.setQueryData(settingsQuery.queryKey, answer);
  };
  const options = people.data?.items.map(({ personId, name }) => ({ value: personId, label: name })) ?? [];
  return (
    <FormBody
      form={form}
      submitLabel={t('common:action.save')}
      onSubmit={save}
      onDone={() => setSaved(true)}
      onReload={() => void queries.invalidateQueries({ queryKey: ruleKeys.settings })}
    >
      {values.fallbackPersonId === '' ? <p className="d-note d-note--warning">{t('settings.noFallback')}</p> : null}
      <SelectField
        form={form}
        name="fallbackPersonId"
        label={t('settings.fallback')}
        optional
        empty={t('settings.nobody')}
        options={options}
      />
      <SelectField
        form={form}
        name="coordinatorPersonId"
        label={t('settings.coordinator')}
        optional
        empty={t('settings.nobody')}
        options={options}
      />
      <TextField
        form={form}
        name="groupingMinutes"
        label={t('settings.grouping')}
        hint={t('settings.groupingHint')}
        inputMode="numeric"
      />
      {URGENCIES.map((urgency) => (
        <fieldset key={urgency}>
          <legend>
            <strong>{t(`rules.urgencies.${urgency}`)}</strong>
          </legend>
          <div className="d-form__row">
            <TextField
              form={form}
              name={`escalation.${urgency}.reminderAfter`}
              label={t('settings.reminder')}
              inputMode="numeric"
            />
            <TextField
              form={form}
              name={`escalation.${urgency}.escalateAfter`}
              label={t('settings.escalate')}
              inputMode="numeric"
            />
          </div>
        </fieldset>
      ))}
      <div className="d-form__row">
        <TextField form={form} name="mailBundleSeconds" label={t('settings.mailBundle')} inputMode="numeric" />
        <TextField form={form} name="longestSnoozeDays" label={t('settings.longestSnooze')} inputMode="numeric" />
      </div>
      {saved ? <p role="status">{t('saved')}</p> : null}
    </FormBody>
  );
}
