import { Button, Checkbox, InvalidFormAlert, Select } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { measurementCorrectionReasonLabels } from '#contracts/assessment/code-labels.js';
import { measurementCorrectionReasons } from '#contracts/assessment/codes.js';
import { useState } from 'react';

import { discardZrm, type MatrixVersions, type ProgressOfClient, type Zrm } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { domainNames } from './domain-names.js';
import { Labelled, Particulars, PartTitle, Weights, WhenAndWithWhom } from './form-parts.js';
import { CopiesToTake } from './kept-copies.js';
import { SavedLine } from './saved-line.js';
import { ScoreGrid } from './score-grid.js';
import { inputIdOf, type Known } from './score-row.js';
import { useLeaveGuard } from './use-leave-guard.js';
import { useZrmForm, type ZrmFormState } from './use-zrm-form.js';
import { Doubts, Elsewhere, Gone, Leaving } from './zrm-dialogs.js';

interface ZrmFormProps {
  zrm: Zrm;
  versions: MatrixVersions;
  progress: ProgressOfClient;
  correcting: boolean;
  onDone: () => Promise<void>;
  onDiscarded: () => Promise<void>;
  /** Somebody else submitted it: show that. */
  onLook: () => void;
  /** Somebody else threw it away: what stands here became this new draft. */
  onSavedAnew: (measurementId: string) => Promise<void>;
}

/** A ZRM as a clientmanager fills it in: the levels first, then what belongs to them. Saves by itself while it is a draft. */
export function ZrmForm(props: ZrmFormProps) {
  const { zrm, versions, progress, correcting, onDone, onDiscarded } = props;
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
      <CopiesToTake form={form} nameOf={nameOf} />
      {correcting ? <Reason form={form} /> : null}
      <div className="d-actions">
        <Button type="submit" disabled={form.busy}>
          {t(correcting ? 'form.correct' : 'form.submit')}
        </Button>
        {correcting ? null : <Discard zrm={zrm} form={form} onDiscarded={onDiscarded} />}
      </div>
      <Dialogs {...props} form={form} nameOf={nameOf} guard={guard} />
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
          <span>
            {t('form.discardSure')}{' '}
            {form.kept.copies.length === 0 ? null : t('form.discardCopies', { count: form.kept.copies.length })}
          </span>
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

interface DialogsProps extends ZrmFormProps {
  form: ZrmFormState;
  nameOf: (domain: string) => string;
  guard: ReturnType<typeof useLeaveGuard>;
}

function Dialogs({ zrm, correcting, form, nameOf, onLook, onSavedAnew, guard }: DialogsProps) {
  const { draft, doubts } = form;
  if (draft.state.step === 'elsewhere') {
    const { theirs } = draft.state;
    // What was submitted meanwhile takes no draft any more; whoever corrects goes on from the other's correction.
    const mayGoOn = correcting || theirs.state === 'draft';
    return (
      <Elsewhere
        ours={form.content}
        theirs={theirs}
        correcting={correcting}
        nameOf={nameOf}
        onOurs={() => form.goOn(theirs, true)}
        onTheirs={() => {
          form.goOn(theirs, false);
          if (!mayGoOn) onLook();
        }}
      />
    );
  }
  if (draft.state.step === 'gone') {
    const onSaved = async (measurementId: string): Promise<void> => {
      draft.settle();
      await onSavedAnew(measurementId);
    };
    return <Gone clientId={zrm.clientId} content={form.content} onSaved={onSaved} onClose={draft.notNow} />;
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
