import { Button, Checkbox, InvalidFormAlert, Select } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { measurementCorrectionReasonLabels } from '#contracts/assessment/code-labels.js';
import { measurementCorrectionReasons } from '#contracts/assessment/codes.js';
import { useState } from 'react';

import { discardZrm, type MatrixVersions, type ProgressOfClient, type Zrm } from '../../api/zrm.js';
import { formatInstant } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { domainNames } from './domain-names.js';
import { Labelled, Particulars, PartTitle, Weights, WhenAndWithWhom } from './form-parts.js';
import { SavedLine } from './saved-line.js';
import { ScoreGrid } from './score-grid.js';
import { inputIdOf, type Known } from './score-row.js';
import { useLeaveGuard } from './use-leave-guard.js';
import { useZrmForm, type ZrmFormState } from './use-zrm-form.js';
import { Doubts, Elsewhere, Leaving } from './zrm-dialogs.js';

interface ZrmFormProps {
  zrm: Zrm;
  versions: MatrixVersions;
  progress: ProgressOfClient;
  correcting: boolean;
  onDone: () => Promise<void>;
  onDiscarded: () => Promise<void>;
  /** Somebody else submitted it: show that. */
  onLook: () => void;
}

/** A ZRM as a clientmanager fills it in: the levels first, then what belongs to them. Saves by itself while it is a draft. */
export function ZrmForm({ zrm, versions, progress, correcting, onDone, onDiscarded, onLook }: ZrmFormProps) {
  const { t } = useTranslation('zrm');
  const form = useZrmForm({ zrm, versions, correcting, onDone });
  const { values, draft, errorOf, change } = form;
  const guard = useLeaveGuard(draft.isUnsaved, draft.flush);
  const [withClient, setWithClient] = useState(zrm.content.scores.some(({ clientScore }) => clientScore !== undefined));
  const nameOf = domainNames(versions, values.matrixVersion);
  const version = versions.items.find(({ code }) => code === values.matrixVersion);
  const left = form.domains.filter(({ code }) => values.domains[code]?.score === undefined).length;
  if (version === undefined) return null;
  return (
    <form
      className="d-stack d-zrm"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.send([]);
      }}
    >
      {correcting ? null : <SavedLine draft={draft} left={left} />}
      <ErrorSummary form={form} nameOf={nameOf} />
      {form.failure === undefined ? null : <Failure error={form.failure} />}
      <WhenAndWithWhom values={values} errorOf={errorOf} onChange={change} />
      <PartTitle>{t('form.scores')}</PartTitle>
      <div className="d-zrm-checks">
        <Checkbox checked={withClient} onChange={(event) => setWithClient(event.target.checked)}>
          {t('form.withClient')}
        </Checkbox>
        {versions.items
          .filter(({ kind }) => kind === 'supplement')
          .map(({ code, name }) => (
            <Checkbox
              key={code}
              checked={values.supplements.includes(code)}
              onChange={(event) => {
                const others = values.supplements.filter((one) => one !== code);
                change({ ...values, supplements: event.target.checked ? [...others, code] : others }, 'supplements');
              }}
            >
              {inLanguage(name)}
            </Checkbox>
          ))}
      </div>
      <ScoreGrid
        domains={form.domains}
        version={version}
        values={values}
        knownOf={(domain) => knownOf(domain, zrm, progress)}
        withClient={withClient}
        errorOf={errorOf}
        onChange={change}
      />
      <Particulars values={values} errorOf={errorOf} onChange={change} />
      <Weights values={values} errorOf={errorOf} onChange={change} />
      {correcting ? <Reason form={form} /> : <Copies zrm={zrm} form={form} />}
      <div className="d-actions">
        <Button type="submit" disabled={form.busy}>
          {t(correcting ? 'form.correct' : 'form.submit')}
        </Button>
        {correcting ? null : <Discard zrm={zrm} form={form} onDiscarded={onDiscarded} />}
      </div>
      <Dialogs form={form} nameOf={nameOf} onLook={onLook} guard={guard} />
    </form>
  );
}

/** What was known before the day of this ZRM, in the same version of the matrix. */
function knownOf(domain: string, zrm: Zrm, progress: ProgressOfClient): Known {
  const known = progress.domains.find((one) => one.domain === domain);
  if (known === undefined || progress.matrixVersion !== zrm.content.matrixVersion) return {};
  const isOther = ({ measurementId }: { measurementId: string }): boolean => measurementId !== zrm.measurementId;
  const before = known.series.filter((point) => {
    return isOther(point) && (zrm.state === 'draft' || point.date < (zrm.content.date ?? ''));
  });
  const { baseline, target } = known;
  return {
    previous: before.at(-1)?.level,
    ...(baseline !== undefined && isOther(baseline) ? { baseline: baseline.level } : {}),
    ...(target !== undefined && isOther(target) ? { target: target.level } : {}),
  };
}

function ErrorSummary({ form, nameOf }: { form: ZrmFormState; nameOf: (domain: string) => string }) {
  const { t } = useTranslation(['zrm', 'common']);
  const errors = Object.entries(form.errors);
  if (errors.length === 0) return null;
  const prefix = t('common:error.prefix').toLowerCase();
  return (
    <InvalidFormAlert
      key={errors.map(([path]) => path).join()}
      heading={t('common:error.summary')}
      headingLevel={2}
      errorCountLabel={{ singular: prefix, plural: prefix }}
      errors={errors.map(([path, text]) => {
        const [part = '', domain = '', rater] = path.split('.');
        if (part !== 'scores' || domain === '') return { id: `#zrm-${path.replaceAll('.', '-')}`, label: text };
        const id =
          rater === 'remark' ? `zrm-${domain}-remark` : inputIdOf(domain, rater === 'clientScore' ? rater : 'score', 1);
        return { id: `#${id}`, label: `${nameOf(domain)}: ${text}` };
      })}
    />
  );
}

/** Why it is corrected; what stood before stays readable. */
function Reason({ form }: { form: ZrmFormState }) {
  const { t } = useTranslation('zrm');
  return (
    <Labelled id="zrm-reason" label={t('form.reason')} hint={t('form.reasonHint')} error={form.errorOf('reason')}>
      {({ describedBy, invalid }) => (
        <Select
          id="zrm-reason"
          invalid={invalid}
          aria-describedby={describedBy}
          value={form.reason}
          onChange={(event) => form.setReason(oneOf(measurementCorrectionReasons, event.target.value) ?? form.reason)}
        >
          {measurementCorrectionReasons.map((reason) => (
            <Select.Option key={reason} value={reason}>
              {inLanguage(measurementCorrectionReasonLabels[reason])}
            </Select.Option>
          ))}
        </Select>
      )}
    </Labelled>
  );
}

/** What was kept beside the draft when two people worked on it. */
function Copies({ zrm, form }: { zrm: Zrm; form: ZrmFormState }) {
  const { t } = useTranslation('zrm');
  if (zrm.copies.length === 0) return null;
  return (
    <details className="d-history">
      <summary>{t('form.copies', { count: zrm.copies.length })}</summary>
      <ul className="d-history__list">
        {zrm.copies.map((copy) => (
          <li key={copy.copyId} className="d-history__item">
            {t('history.by', {
              name: zrm.names.people[copy.recordedBy] ?? t('someone'),
              when: formatInstant(copy.recordedAt),
            })}
            <button
              type="button"
              className="d-link-button"
              onClick={() => {
                form.take(copy.content);
                form.draft.touch();
              }}
            >
              {t('form.takeCopy')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Throwing away cannot be undone, so it takes two presses. */
function Discard({ zrm, form, onDiscarded }: { zrm: Zrm; form: ZrmFormState; onDiscarded: () => Promise<void> }) {
  const { t } = useTranslation(['zrm', 'common']);
  const [step, setStep] = useState<'closed' | 'asking' | 'busy'>('closed');
  const [failure, setFailure] = useState<unknown>();
  const { clientId, measurementId } = zrm;
  const discard = async (): Promise<void> => {
    setStep('busy');
    try {
      await form.draft.flush();
      await discardZrm({ clientId, measurementId, version: form.draft.version() });
      form.draft.settle();
      await onDiscarded();
    } catch (error) {
      setFailure(error);
      setStep('closed');
    }
  };
  return (
    <>
      {step === 'closed' ? (
        <Button type="button" variant="tertiary" onClick={() => setStep('asking')}>
          {t('form.discard')}
        </Button>
      ) : (
        <>
          <span>{t('form.discardSure')}</span>
          <Button type="button" variant="secondary" disabled={step === 'busy'} onClick={() => void discard()}>
            {t('form.discardYes')}
          </Button>
          <Button type="button" variant="tertiary" onClick={() => setStep('closed')}>
            {t('common:action.cancel')}
          </Button>
        </>
      )}
      {failure === undefined ? null : <Failure error={failure} />}
    </>
  );
}

interface DialogsProps {
  form: ZrmFormState;
  nameOf: (domain: string) => string;
  onLook: () => void;
  guard: ReturnType<typeof useLeaveGuard>;
}

function Dialogs({ form, nameOf, onLook, guard }: DialogsProps) {
  const { draft, doubts } = form;
  if (draft.state.step === 'elsewhere') {
    const { theirs } = draft.state;
    const isDraft = theirs.state === 'draft';
    return (
      <Elsewhere
        ours={form.content}
        theirs={theirs}
        nameOf={nameOf}
        onOurs={() => draft.goOn(theirs, true)}
        onTheirs={() => {
          draft.goOn(theirs, false);
          if (isDraft) form.take(theirs.content);
          else onLook();
        }}
      />
    );
  }
  if (doubts.length > 0) {
    return (
      <Doubts
        doubts={doubts}
        nameOf={nameOf}
        busy={form.busy}
        onYes={() => void form.send(doubts.map(({ question }) => question))}
        onNo={form.forgetDoubts}
      />
    );
  }
  return guard.asking ? <Leaving onStay={guard.stay} onLeave={guard.leave} /> : null;
}
