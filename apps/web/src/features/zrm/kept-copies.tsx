import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { KeptCopy } from '../../api/zrm.js';
import { formatInstant } from '../../ui/dates.js';
import { Differences } from './differences.js';
import type { NameOf } from './domain-names.js';
import type { ZrmFormState } from './use-zrm-form.js';
import { valuesOf, type ZrmValues } from './zrm-values.js';

interface CopiesProps {
  form: ZrmFormState;
  nameOf: NameOf;
}

/**
 * What was kept when two people worked on it: with what is different from what stands in the form, to go on with. What
 * stood in the form can be put back.
 */
export function CopiesToTake({ form, nameOf }: CopiesProps) {
  const { t } = useTranslation('zrm');
  const [replaced, setReplaced] = useState<ZrmValues>();
  const { copies, people } = form.kept;
  if (copies.length === 0) return null;
  const take = (copy: KeptCopy): void => {
    setReplaced(form.values);
    form.take(valuesOf(copy.content));
  };
  return (
    <details className="d-history">
      <summary>{t('form.copies', { count: copies.length })}</summary>
      <ul className="d-history__list">
        {copies.map((copy) => (
          <li key={copy.copyId} className="d-history__item">
            <strong id={`zrm-copy-${copy.copyId}`}>
              {t('history.by', { name: people[copy.recordedBy] ?? t('someone'), when: formatInstant(copy.recordedAt) })}
            </strong>
            <Differences
              ours={form.content}
              theirs={copy.content}
              nameOf={nameOf}
              line="form.copyDifference"
              none={t('form.copySame')}
            />
            <button
              type="button"
              className="d-link-button"
              aria-describedby={`zrm-copy-${copy.copyId}`}
              onClick={() => take(copy)}
            >
              {t('form.takeCopy')}
            </button>
          </li>
        ))}
      </ul>
      {replaced === undefined ? null : (
        <button
          type="button"
          className="d-link-button"
          onClick={() => {
            form.take(replaced);
            setReplaced(undefined);
          }}
        >
          {t('form.putBack')}
        </button>
      )}
    </details>
  );
}
