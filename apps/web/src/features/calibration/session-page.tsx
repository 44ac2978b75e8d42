import './calibration.css';

import { Button, Heading } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { calibrationEventKindLabels, calibrationReopenReasonLabels } from '#contracts/assessment/code-labels.js';

import { calibrationKeys, calibrationQuery, closeCalibration, type Calibration } from '../../api/calibration.js';
import { zrmVersionsQuery } from '../../api/zrm.js';
import { useCan, useMe } from '../../app/session.js';
import { useAnnounce } from '../../ui/announcer.js';
import { civilDateOf, formatDate, formatInstant, formatShortDate, today } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure, Loading, Ready } from '../../ui/states.js';
import { domainNames } from '../zrm/domain-names.js';
import { CaseList } from './case-list.js';
import { Raters } from './raters.js';
import { ReopenPanel } from './reopen-panel.js';
import { SessionResults } from './session-results.js';

/** One session: what is scored by whom; closed, how far the raters agree. */
export function Component() {
  const { t } = useTranslation('calibration');
  const { sessionId = '' } = useParams();
  const query = useQuery(calibrationQuery(sessionId));
  const { data } = query;
  return (
    <Page
      title={
        data === undefined ? t('list.title') : t('list.session', { date: formatShortDate(civilDateOf(data.createdAt)) })
      }
      finding={data === undefined ? undefined : <Finding session={data} />}
    >
      <p>
        <Link className="ams-link" to="/zrm/ijking">
          {t('session.back')}
        </Link>
      </p>
      <Ready query={query} loading={<Loading rows={10} />}>
        {(session) => <Session session={session} />}
      </Ready>
    </Page>
  );
}

function Finding({ session }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  const { state, raters, cases, scoreBy } = session;
  if (state === 'closed') return t('session.closed');
  const ready = raters.filter(({ casesScored }) => casesScored === cases.length).length;
  const isLate = scoreBy !== undefined && scoreBy < today();
  return (
    <>
      {t('session.open', { ready, count: raters.length })}{' '}
      {scoreBy === undefined ? null : (
        <span className={isLate ? 'd-late' : undefined}>
          {t(isLate ? 'list.late' : 'list.until', { date: formatDate(scoreBy) })}
        </span>
      )}
    </>
  );
}

function Session({ session }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  const me = useMe();
  const can = useCan();
  const versions = useQuery(zrmVersionsQuery);
  const mayPlan = can('zrm-calibrations:write');
  const isOpen = session.state === 'open';
  return (
    <div className="d-stack">
      {isOpen ? <p className="d-note">{t(session.isRater ? 'session.blind' : 'session.blindPlanner')}</p> : null}
      {mayPlan ? <PlannerActions session={session} /> : null}
      {isOpen ? null : (
        <Ready query={versions} loading={<Loading shape="table" rows={8} />}>
          {(matrix) => (
            <SessionResults
              session={session}
              version={matrix.items.find(({ code }) => code === session.matrixVersion)}
              nameOf={domainNames(matrix, session.matrixVersion)}
            />
          )}
        </Ready>
      )}
      {isOpen ? (
        <section className="d-stack" aria-labelledby="cases">
          <Heading level={2} id="cases">
            {t('session.cases', { count: session.cases.length })}
          </Heading>
          <CaseList session={session} personId={me.personId} />
        </section>
      ) : null}
      <Raters session={session} mayPlan={mayPlan && isOpen} />
      <History session={session} />
    </div>
  );
}

/** Closing shows all scores to all, so it takes two presses; it can be opened again, with a reason. */
function PlannerActions({ session }: { session: Calibration }) {
  const { t } = useTranslation(['calibration', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [step, setStep] = useState<'idle' | 'asking' | 'busy' | 'reopening'>('idle');
  const [failure, setFailure] = useState<unknown>();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: calibrationKeys.all });
  const waiting = session.raters.filter(({ casesScored }) => casesScored < session.cases.length).length;
  const close = async (): Promise<void> => {
    setStep('busy');
    setFailure(undefined);
    try {
      await closeCalibration(session);
      announce(t('session.closed'));
    } catch (error) {
      setFailure(error);
    }
    setStep('idle');
    await refresh();
  };
  if (session.state === 'closed') {
    return (
      <>
        <div className="d-actions">
          <Button type="button" variant="secondary" onClick={() => setStep('reopening')}>
            {t('session.reopen')}
          </Button>
        </div>
        {step === 'reopening' ? <ReopenPanel session={session} onClose={() => setStep('idle')} /> : null}
      </>
    );
  }
  return (
    <>
      {failure === undefined ? null : <Failure error={failure} />}
      <div className="d-actions">
        {step === 'idle' ? (
          <Button type="button" variant="secondary" onClick={() => setStep('asking')}>
            {t('session.close')}
          </Button>
        ) : (
          <>
            <span>{waiting === 0 ? t('session.closeSure') : t('session.closeEarly', { count: waiting })}</span>
            <Button type="button" variant="secondary" disabled={step === 'busy'} onClick={() => void close()}>
              {t('session.closeYes')}
            </Button>
            <Button type="button" variant="tertiary" onClick={() => setStep('idle')}>
              {t('common:action.cancel')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

/** What happened to the session, oldest first. */
function History({ session: { history, names } }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  const nameOf = (personId: string): string => names.people[personId] ?? t('someone');
  return (
    <details className="d-history">
      <summary>{t('session.history')}</summary>
      <ol className="d-history__list">
        {history.map(({ kind, at, by, personIds = [], reason }) => (
          <li key={`${at} ${kind}`} className="d-history__item">
            {formatInstant(at)}: {inLanguage(calibrationEventKindLabels[kind])}, {nameOf(by)}
            {personIds.length === 0 ? '' : ` (${personIds.map(nameOf).join(', ')})`}
            {reason === undefined ? '' : `. ${inLanguage(calibrationReopenReasonLabels[reason])}`}
          </li>
        ))}
      </ol>
    </details>
  );
}
