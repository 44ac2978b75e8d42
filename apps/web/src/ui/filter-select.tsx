import { Select } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

interface FilterSelectProps {
  label: string;
  value: string | undefined;
  empty?: string;
  /** There is always a choice: no option for everything. */
  withoutEmpty?: boolean;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}

/** A filter with one choice; empty means everything. */
export function FilterSelect({ label, value, empty, withoutEmpty = false, options, onChoose }: FilterSelectProps) {
  const { t } = useTranslation('common');
  return (
    <label>
      {label}
      <Select value={value ?? ''} onChange={(event) => onChoose(event.target.value)}>
        {withoutEmpty ? null : <Select.Option value="">{empty ?? t('form.all')}</Select.Option>}
        {options.map(([option, text]) => (
          <Select.Option key={option} value={option}>
            {text}
          </Select.Option>
        ))}
      </Select>
    </label>
  );
}
