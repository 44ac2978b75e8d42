import { Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { EmailMode } from '#contracts/notifications/codes.js';

import { preferencesQuery, savePreferences, type NotificationPreferences } from '../../api/meldingen.js';
import { formatInstant } from '../../ui/dates.js';
import { CheckField, FormBody, SelectField, TextField } from '../../ui/fields.js';
import { Page } from '../../ui/page.js';
import { Ready } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';

const MODES = ['immediate', 'digest', 'off'] as const satisfies readonly EmailMode[];

/** What a person gets by e-mail, and when not. */
export function Component() {
  const { t } = useTranslation('meldingen');
  const preferences = useQuery(preferencesQuery);
  return (
    <Page title={t('preferences.title')}>
      <Paragraph>{t('preferences.intro')}</Paragraph>
      <Ready query={preferences}>{(data) => <PreferencesForm preferences={data} />}</Ready>
    </Page>
  );
}

function PreferencesForm({ preferences }: { preferences: NotificationPreferences }) {
  const { t } = useTranslation(['meldingen', 'common']);
  const queries = useQueryClient();
  const [saved, setSaved] = useState(false);
  const { email, quietHours } = preferences;
  const form = useForm({
    initial: {
      'email.mode': email.mode,
      'email.address': email.address ?? '',
      'email.digestAt': email.digestAt,
      'quietHours.from': quietHours?.from ?? '',
      'quietHours.until': quietHours?.until ?? '',
      'quietHours.exceptHigh': quietHours?.exceptHigh === false ? '' : 'yes',
    },
    required: ['email.mode'],
  });
  const { values } = form;
  const save = async (): Promise<void> => {
    setSaved(false);
    const from = values['quietHours.from'];
    const until = values['quietHours.until'];
    const address = values['email.address'].trim();
    const answer = await savePreferences(preferences.version, {
      email: {
        mode: oneOf(MODES, values['email.mode']) ?? email.mode,
        digestAt: values['email.digestAt'],
        ...(address === '' ? {} : { address }),
      },
      quietHours:
        from === '' && until === '' ? null : { from, until, exceptHigh: values['quietHours.exceptHigh'] === 'yes' },
      language: preferences.language,
    });
    queries.setQueryData(preferencesQuery.queryKey, answer);
  };
  const timeHint = t('preferences.timeHint');
  return (
    <>
      {preferences.emailAvailable ? null : <p className="d-note">{t('preferences.unavailable')}</p>}
      {preferences.emailFailingSince === undefined ? null : (
        <p className="d-note d-note--warning">
          {t('preferences.failing', { date: formatInstant(preferences.emailFailingSince) })}
        </p>
      )}
      <FormBody
        form={form}
        headingLevel={2}
        submitLabel={t('common:action.save')}
        onSubmit={save}
        onDone={() => setSaved(true)}
      >
        <SelectField
          form={form}
          name="email.mode"
          label={t('preferences.email')}
          options={MODES.map((value) => ({ value, label: t(`preferences.${value}`) }))}
        />
        {values['email.mode'] === 'off' ? null : (
          <TextField form={form} name="email.address" label={t('preferences.address')} type="email" />
        )}
        {values['email.mode'] === 'digest' ? (
          <TextField form={form} name="email.digestAt" label={t('preferences.digestAt')} hint={timeHint} />
        ) : null}
        <fieldset className="d-stack">
          <legend>
            <strong>{t('preferences.quiet')}</strong>
          </legend>
          <div className="d-form__row">
            <TextField form={form} name="quietHours.from" label={t('preferences.quietFrom')} hint={timeHint} optional />
            <TextField
              form={form}
              name="quietHours.until"
              label={t('preferences.quietUntil')}
              hint={timeHint}
              optional
            />
          </div>
          <CheckField form={form} name="quietHours.exceptHigh" label={t('preferences.exceptHigh')} />
        </fieldset>
        {saved ? <p role="status">{t('preferences.saved')}</p> : null}
      </FormBody>
    </>
  );
}
