import './calibration.css';
import '../zrm/zrm.css';

import { Button, InvalidFormAlert } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import {
  calibrationKeys,
  calibrationQuery,
  scoreCase,
  type Calibration,
  type CalibrationCase,
} from '../../api/calibration.js';
import { ApiError } from '../../api/problem.js';
import { zrmVersionsQuery, type MatrixVersion } from '../../api/zrm.js';
import { useMe } from '../../app/session.js';
import { useAnnounce } from '../../ui/announcer.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { ScoreGrid } from '../zrm/score-grid.js';
import { inputIdOf, type Known } from '../zrm/score-row.js';
import { useLeaveGuard } from '../zrm/use-leave-guard.js';
import { Leaving } from '../zrm/zrm-dialogs.js';
import type { ScoreValues } from '../zrm/zrm-values.js';
import { CaseText, useCaseName } from './case-list.js';

/** Scores one case by typing digits, blind: what others give is not on this page, nor in what it asked. */
export function Component() {
  const { t } = useTranslation('calibration');
  const { sessionId = '', caseId = '' } = useParams();
  // What is typed starts from what was given before, and nothing that comes later changes it.
  const query = useQuery({ ...calibrationQuery(sessionId), refetchOnWindowFocus: false });
  const versions = useQuery(zrmVersionsQuery);
  const { data } = query;
  const one = data?.cases.find((each) => each.caseId === caseId);
  return (
    <Page
      title={t('score.title')}
      finding={
        <Link className="ams-link" to={`/zrm/ijking/${sessionId}`}>
          {t('score.back')}
        </Link>
      }
    >
      <Ready query={query} loading={<Loading rows={10} />}>
        {(session) => (
          <Ready query={versions} loading={<Loading rows={10} />}>
            {({ items }) => {
              const version = items.find(({ code }) => code === session.matrixVersion);
              if (one === undefined || version === undefined || !session.isRater || session.state === 'closed') {
                return (
                  <Empty title={t('score.nothing')}>
                    <p>{t(session.state === 'closed' ? 'score.closed' : 'score.notInvited')}</p>
                  </Empty>
                );
              }
              return <ScoreForm key={caseId} session={session} one={one} version={version} />;
            }}
          </Ready>
        )}
      </Ready>
    </Page>
  );
}

interface ScoreFormProps {
  session: Calibration;
  one: CalibrationCase;
  version: MatrixVersion;
}

const nothingKnown = (): Known => ({});

function ScoreForm({ session, one, version }: ScoreFormProps) {
  const { t } = useTranslation(['calibration', 'common', 'zrm']);
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const caseName = useCaseName(session)(one);
  const given = session.scores.find(({ personId, caseId }) => personId === me.personId && caseId === one.caseId);
  const [values, setValues] = useState<ScoreValues>(() => ({
    domains: Object.fromEntries((given?.scores ?? []).map(({ domain, score }) => [domain, { score, remark: '' }])),
  }));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const isUnsaved = useRef(false);
  const guard = useLeaveGuard(
    () => isUnsaved.current,
    () => Promise.resolve(false),
  );
  const left = version.domains.filter(({ code }) => values.domains[code]?.score === undefined).length;
  const send = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setErrors({});
    const scores = version.domains.flatMap(({ code }) => {
      const score = values.domains[code]?.score;
      return score === undefined ? [] : [{ domain: code, score }];
    });
    try {
      const at = { sessionId: session.sessionId, caseId: one.caseId, version: given?.version ?? 0 };
      const { state } = await scoreCase(at, scores);
      isUnsaved.current = false;
      const next = session.cases.find(
        ({ caseId }) =>
          caseId !== one.caseId &&
          !session.scores.some((before) => before.personId === me.personId && before.caseId === caseId),
      );
      announce(t(state === 'closed' ? 'score.lastIn' : next === undefined ? 'score.allDone' : 'score.saved'));
      await queries.invalidateQueries({ queryKey: calibrationKeys.all });
      const isOver = next === undefined || state === 'closed';
      await navigate(`/zrm/ijking/${session.sessionId}${isOver ? '' : `/${next.caseId}`}`);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields.filter(({ path }) => path.startsWith('scores.')) : [];
      setErrors(Object.fromEntries(fields.map((field) => [field.path, inLanguage(field)])));
      if (fields.length === 0) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const found = Object.entries(errors);
  const prefix = t('common:error.prefix').toLowerCase();
  const domainName = (path: string): string => {
    const domain = version.domains.find(({ code }) => code === path.split('.')[1]);
    return domain === undefined ? '' : inLanguage(domain.name);
  };
  return (
    <form
      className="d-stack d-zrm"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <section className="d-card d-stack" aria-label={caseName}>
        <p>
          <strong>{caseName}</strong>
        </p>
        <CaseText one={one} />
      </section>
      {found.length === 0 ? null : (
        <InvalidFormAlert
          key={found.map(([path]) => path).join()}
          heading={t('common:error.summary')}
          headingLevel={2}
          errorCountLabel={{ singular: prefix, plural: prefix }}
          errors={found.map(([path, text]) => ({
            id: `#${inputIdOf(path.split('.')[1] ?? '', 'score', 1)}`,
            label: `${domainName(path)}: ${text}`,
          }))}
        />
      )}
      {failure === undefined ? null : <Failure error={failure} />}
      <ScoreGrid
        domains={version.domains}
        version={version}
        values={values}
        knownOf={nothingKnown}
        withClient={false}
        withRemarks={false}
        errorOf={(path) => errors[path]}
        onChange={(next, path) => {
          isUnsaved.current = true;
          setValues(next);
          setErrors((before) => Object.fromEntries(Object.entries(before).filter(([at]) => at !== path)));
        }}
      />
      <div className="d-actions">
        <Button type="submit" disabled={busy}>
          {t(busy ? 'common:state.busy' : 'score.save')}
        </Button>
        <span className="d-muted">{left === 0 ? t('zrm:form.complete') : t('zrm:form.left', { count: left })}</span>
      </div>
      {guard.asking ? <Leaving onStay={guard.stay} onLeave={guard.leave} /> : null}
    </form>
  );
}
