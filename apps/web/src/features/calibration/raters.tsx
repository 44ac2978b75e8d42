import { Button, Heading } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { calibrationKeys, inviteRaters, withdrawRater, type Calibration } from '../../api/calibration.js';
import { ApiError } from '../../api/problem.js';
import { useAnnounce } from '../../ui/announcer.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure } from '../../ui/states.js';
import { RaterPicker } from './rater-picker.js';

interface RatersProps {
  session: Calibration;
  mayPlan: boolean;
}

/** Who was invited and how far they are; who plans invites more, and takes back what was not used. */
export function Raters({ session, mayPlan }: RatersProps) {
  const { t } = useTranslation('calibration');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [inviting, setInviting] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const { raters, cases, names } = session;
  const nameOf = (personId: string): string => names.people[personId] ?? t('someone');
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: calibrationKeys.all });
  const withdraw = async (personId: string): Promise<void> => {
    setFailure(undefined);
    try {
      await withdrawRater(session, personId);
      announce(t('raters.withdrawn', { name: nameOf(personId) }));
    } catch (error) {
      setFailure(error);
    }
    await refresh();
  };
  return (
    <section className="d-stack" aria-labelledby="raters">
      <Heading level={2} id="raters">
        {t('raters.title')}
      </Heading>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
      <ul className="d-calibration__raters">
        {raters.map(({ personId, casesScored }) => (
          <li key={personId}>
            <span>
              {nameOf(personId)}
              <span className="d-muted">
                {' '}
                {casesScored === cases.length
                  ? t('raters.ready')
                  : t('raters.scored', { scored: casesScored, cases: cases.length })}
              </span>
            </span>
            {mayPlan && casesScored === 0 ? (
              <button
                type="button"
                className="d-link-button"
                aria-label={t('raters.withdrawOf', { name: nameOf(personId) })}
                onClick={() => void withdraw(personId)}
              >
                {t('raters.withdraw')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayPlan ? (
        <div className="d-actions">
          <Button type="button" variant="secondary" onClick={() => setInviting(true)}>
            {t('raters.invite')}
          </Button>
        </div>
      ) : null}
      {inviting ? <InvitePanel session={session} onClose={() => setInviting(false)} onDone={refresh} /> : null}
    </section>
  );
}

interface InvitePanelProps {
  session: Calibration;
  onClose: () => void;
  onDone: () => Promise<void>;
}

function InvitePanel({ session, onClose, onDone }: InvitePanelProps) {
  const { t } = useTranslation(['calibration', 'common']);
  const [chosen, setChosen] = useState<string[]>([]);
  const [step, setStep] = useState<{ busy: boolean; error?: string; failure?: unknown }>({ busy: false });
  const invite = async (): Promise<void> => {
    if (chosen.length === 0) {
      setStep({ busy: false, error: t('raters.chooseOne') });
      return;
    }
    setStep({ busy: true });
    try {
      await inviteRaters(session, chosen);
      await onDone();
      onClose();
    } catch (error) {
      const [field] = error instanceof ApiError ? error.fields : [];
      setStep({ busy: false, ...(field === undefined ? { failure: error } : { error: inLanguage(field) }) });
    }
  };
  return (
    <SidePanel title={t('raters.invite')} onClose={onClose}>
      <form
        className="d-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        {step.failure === undefined ? null : (
          <Failure
            error={step.failure}
            onRetry={() => void onDone().then(onClose)}
            retryLabel={t('common:error.reload')}
            headingLevel={3}
          />
        )}
        <RaterPicker
          except={session.raters.map(({ personId }) => personId)}
          chosen={chosen}
          error={step.error}
          onChange={(personIds) => {
            setChosen(personIds);
            setStep({ busy: false });
          }}
        />
        <div className="d-actions">
          <Button type="submit" disabled={step.busy}>
            {t('raters.invite')}
          </Button>
          <Button type="button" variant="tertiary" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
