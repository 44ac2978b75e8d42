import { ErrorMessage } from '@amsterdam/design-system-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DateEntry } from './date-entry.js';
import { useDateJudgement } from './use-date-judgement.js';

interface FilterDateProps {
  label: string;
  /** The civil date that is shown now. */
  value: string;
  onChoose: (date: string) => void;
  min?: string;
  max?: string;
}

/** A filter by date: what is shown changes as soon as an existing day stands here, and not before. */
export function FilterDate({ label, value, onChoose, min, max }: FilterDateProps) {
  const { t } = useTranslation('common');
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [left, setLeft] = useState(false);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
    setLeft(false);
  }
  const judge = useDateJudgement(min, max);
  const problem = typed === '' ? t('form.dateInvalid') : judge(typed);
  const error = left ? problem : undefined;
  return (
    <div className="d-filter">
      <label htmlFor={id}>{label}</label>
      <DateEntry
        id={id}
        value={typed}
        min={min}
        max={max}
        invalid={error !== undefined}
        describedBy={error === undefined ? undefined : `${id}-error`}
        onChange={(date) => {
          setTyped(date);
          setLeft(false);
          if (date !== '' && judge(date) === undefined) onChoose(date);
        }}
        onLeave={() => setLeft(true)}
      />
      {error === undefined ? null : (
        <ErrorMessage id={`${id}-error`} prefix={t('error.prefix')}>
          {error}
        </ErrorMessage>
      )}
    </div>
  );
}
