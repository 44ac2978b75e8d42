import { Button, Heading, TextArea, TextInput } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ClientPicker } from '../../app/client-picker.js';
import { Labelled } from '../zrm/form-parts.js';
import { useMinimums } from './use-minimums.js';
import { emptyVignette, type CaseDraft } from './use-plan.js';

/** The service takes no more and no longer ones. */
const MOST_CASES = 30;
const MAX_TITLE = 200;
const MAX_TEXT = 4000;

interface CasesEditorProps {
  cases: readonly CaseDraft[];
  idOf: (path: string) => string;
  errorOf: (path: string) => string | undefined;
  onChange: (cases: readonly CaseDraft[], path: string) => void;
}

/** What is scored: stories that everybody reads, and clients whom all raters may see. */
export function CasesEditor({ cases, idOf, errorOf, onChange }: CasesEditorProps) {
  const { t } = useTranslation('calibration');
  const [choosing, setChoosing] = useState(false);
  const minimums = useMinimums();
  const replace = (index: number, path: string, next: CaseDraft): void =>
    onChange(
      cases.map((one, at) => (at === index ? next : one)),
      path,
    );
  return (
    <div className="d-stack">
      <p className="d-hint">
        {minimums === undefined ? t('plan.casesHintAny') : t('plan.casesHint', { count: minimums.subjects })}
      </p>
      <ol className="d-stack">
        {cases.map((one, index) => (
          <li key={one.key} className="d-card d-stack">
            <Heading level={3}>{t('plan.case', { number: index + 1 })}</Heading>
            {one.kind === 'client' ? (
              <p id={idOf(`cases[${index}].clientId`)}>
                {t('plan.clientCase', { name: one.name })}
                {errorOf(`cases[${index}].clientId`) === undefined ? null : (
                  <span className="d-late"> {errorOf(`cases[${index}].clientId`)}</span>
                )}
              </p>
            ) : (
              <Vignette
                index={index}
                vignette={one}
                idOf={idOf}
                errorOf={errorOf}
                onChange={(next, path) => replace(index, path, next)}
              />
            )}
            {cases.length < 2 ? null : (
              <p>
                <button
                  type="button"
                  className="d-link-button"
                  onClick={() =>
                    onChange(
                      cases.filter((_other, at) => at !== index),
                      'cases',
                    )
                  }
                >
                  {t('plan.removeCase', { number: index + 1 })}
                </button>
              </p>
            )}
          </li>
        ))}
      </ol>
      {cases.length >= MOST_CASES ? (
        <p className="d-note">{t('plan.mostCases', { count: MOST_CASES })}</p>
      ) : (
        <div className="d-actions">
          <Button type="button" variant="secondary" onClick={() => onChange([...cases, emptyVignette()], 'cases[]')}>
            {t('plan.addVignette')}
          </Button>
          <Button type="button" variant="secondary" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            {t('plan.addClient')}
          </Button>
        </div>
      )}
      {choosing ? (
        <>
          <p className="d-note">{t('plan.clientNote')}</p>
          <ClientPicker
            label={t('plan.chooseClient')}
            onChoose={({ clientId, name }) => {
              setChoosing(false);
              const added: CaseDraft = { key: crypto.randomUUID(), kind: 'client', clientId, name };
              // An empty story that came with the form makes room.
              const kept = cases.filter((one) => one.kind === 'client' || one.title !== '' || one.text !== '');
              onChange([...kept, added], 'cases');
            }}
          />
        </>
      ) : null}
    </div>
  );
}

interface VignetteProps extends Pick<CasesEditorProps, 'idOf' | 'errorOf'> {
  index: number;
  vignette: Extract<CaseDraft, { kind: 'vignette' }>;
  onChange: (next: CaseDraft, path: string) => void;
}

function Vignette({ index, vignette, idOf, errorOf, onChange }: VignetteProps) {
  const { t } = useTranslation('calibration');
  const [title, text] = [`cases[${index}].title`, `cases[${index}].text`];
  return (
    <>
      <Labelled id={idOf(title)} label={t('plan.vignetteTitle')} error={errorOf(title)}>
        {({ describedBy, invalid }) => (
          <TextInput
            id={idOf(title)}
            autoComplete="off"
            maxLength={MAX_TITLE}
            invalid={invalid}
            aria-describedby={describedBy}
            value={vignette.title}
            onChange={(event) => onChange({ ...vignette, title: event.target.value }, title)}
          />
        )}
      </Labelled>
      <Labelled id={idOf(text)} label={t('plan.vignetteText')} hint={t('plan.vignetteHint')} error={errorOf(text)}>
        {({ describedBy, invalid }) => (
          <TextArea
            id={idOf(text)}
            rows={6}
            maxLength={MAX_TEXT}
            resize="vertical"
            invalid={invalid}
            aria-describedby={describedBy}
            value={vignette.text}
            onChange={(event) => onChange({ ...vignette, text: event.target.value }, text)}
          />
        )}
      </Labelled>
    </>
  );
}
