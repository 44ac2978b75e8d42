import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Calibration, CalibrationCase } from '../../api/calibration.js';

interface CaseListProps {
  session: Calibration;
  personId: string;
}

/** How a case is called. */
export function useCaseName(session: Calibration): (one: CalibrationCase) => string {
  const { t } = useTranslation('calibration');
  return (one) =>
    one.kind === 'vignette'
      ? (one.title ?? t('case.vignette'))
      : (session.names.clients[one.clientId ?? ''] ?? t('case.client'));
}

/** What is scored, with what the person still has to do about each. */
export function CaseList({ session, personId }: CaseListProps) {
  const { t } = useTranslation('calibration');
  const nameOf = useCaseName(session);
  const { sessionId, cases, scores, isRater, state } = session;
  const mayScore = isRater && state === 'open';
  return (
    <ol className="d-stack">
      {cases.map((one) => {
        const isScored = scores.some((given) => given.personId === personId && given.caseId === one.caseId);
        const name = nameOf(one);
        return (
          <li key={one.caseId} className="d-card d-calibration__own">
            <div className="d-stack d-measure">
              <p>
                <strong>{name}</strong>{' '}
                {mayScore ? <span className="d-tag">{t(isScored ? 'case.scored' : 'case.toScore')}</span> : null}
              </p>
              <CaseText one={one} />
            </div>
            {mayScore ? (
              <Link
                className={isScored ? 'ams-button ams-button--secondary' : 'ams-button ams-button--primary'}
                to={`/zrm/ijking/${sessionId}/${one.caseId}`}
                aria-label={t(isScored ? 'case.changeOf' : 'case.scoreOf', { name })}
              >
                {t(isScored ? 'case.change' : 'case.score')}
              </Link>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** The story, or the way to the file of the client. */
export function CaseText({ one }: { one: CalibrationCase }) {
  const { t } = useTranslation('calibration');
  if (one.kind === 'vignette') return <p className="d-calibration__text">{one.text}</p>;
  return (
    <p>
      <Link className="ams-link" to={`/clienten/${one.clientId ?? ''}`}>
        {t('case.open')}
      </Link>
    </p>
  );
}
