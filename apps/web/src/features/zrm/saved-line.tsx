import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '../../i18n/index.js';
import { describeProblem } from '../../ui/problem-text.js';
import type { Draft } from './use-draft.js';

/** "Bewaard om 10:32", or what keeps it from being saved. Said aloud only when something is wrong. */
export function SavedLine({ draft, left }: { draft: Draft; left: number }) {
  const { t } = useTranslation('zrm');
  const { state } = draft;
  const toDo = left === 0 ? t('form.complete') : t('form.left', { count: left });
  if (state.step === 'failed') {
    return (
      <div className="d-note d-note--warning d-saved" role="alert">
        <p>
          <strong>{t('form.notSaved')}</strong> {describeProblem(state.error).title} {t('form.notSavedHelp')}
        </p>
        <Button type="button" variant="secondary" onClick={() => void draft.flush()}>
          {t('form.saveNow')}
        </Button>
      </div>
    );
  }
  const text = state.step === 'saved' ? t('form.saved', { time: timeOf(state.at) }) : t('form.saving');
  return (
    <p className="d-saved d-muted">
      {text} {toDo}
    </p>
  );
}

function timeOf(instant: string): string {
  const locale = currentLanguage() === 'en' ? 'en-GB' : 'nl-NL';
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'Europe/Amsterdam' }).format(
    new Date(instant),
  );
}
