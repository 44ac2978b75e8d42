import { ErrorMessage, TextInput } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { Labelled } from '../zrm/form-parts.js';
import type { TermValues } from './due-values.js';

interface TextSettingProps {
  id: string;
  label: string;
  hint?: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A number, or a time of day. */
export function TextSetting({ id, label, hint, value, error, onChange }: TextSettingProps) {
  return (
    <Labelled id={id} label={label} error={error} {...(hint === undefined ? {} : { hint })}>
      {({ describedBy, invalid }) => (
        <TextInput
          id={id}
          size={6}
          autoComplete="off"
          invalid={invalid}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

interface TermFieldProps extends Omit<TextSettingProps, 'value' | 'hint' | 'onChange'> {
  value: TermValues;
  onChange: (value: TermValues) => void;
}

/** A term of months and days together. */
export function TermField({ id, label, value, error, onChange }: TermFieldProps) {
  const { t } = useTranslation(['zrm-settings', 'common']);
  const part = (name: 'months' | 'days', partId: string) => (
    <label className="d-zrm-settings__part">
      <TextInput
        id={partId}
        size={4}
        inputMode="numeric"
        autoComplete="off"
        invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        value={value[name]}
        onChange={(event) => onChange({ ...value, [name]: event.target.value })}
      />{' '}
      {t(`due.${name}`)}
    </label>
  );
  return (
    <fieldset>
      <legend className="ams-label">{label}</legend>
      {error === undefined ? null : (
        <ErrorMessage id={`${id}-error`} prefix={t('common:error.prefix')}>
          {error}
        </ErrorMessage>
      )}
      <div className="d-zrm-settings__parts">
        {part('months', id)}
        {part('days', `${id}-days`)}
      </div>
    </fieldset>
  );
}
