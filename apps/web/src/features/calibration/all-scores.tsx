import { Heading } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import type { ZrmScore } from '#contracts/assessment/codes.js';

import type { Calibration, CalibrationScores } from '../../api/calibration.js';
import type { NameOf } from '../zrm/domain-names.js';
import { Level } from '../zrm/level.js';
import { CaseText, useCaseName } from './case-list.js';

interface AllScoresProps {
  session: Calibration;
  domains: readonly string[];
  nameOf: NameOf;
}

/** Everybody's scores side by side, case by case; what was not given blind is marked, because it counts in no figure. */
export function AllScores({ session, domains, nameOf }: AllScoresProps) {
  const { t } = useTranslation('calibration');
  const caseName = useCaseName(session);
  return (
    <>
      <Heading level={3}>{t('results.scores')}</Heading>
      {session.cases.map((one) => {
        const given = session.scores.filter(({ caseId }) => caseId === one.caseId);
        return (
          <details key={one.caseId} className="d-history">
            <summary>
              {t('results.of', { name: caseName(one), count: given.length, spread: widest(domains, given) })}
            </summary>
            <div className="d-history__list d-stack">
              <CaseText one={one} />
              {given.length === 0 ? (
                <p>{t('results.nobody')}</p>
              ) : (
                <CaseScores session={session} given={given} domains={domains} nameOf={nameOf} name={caseName(one)} />
              )}
            </div>
          </details>
        );
      })}
    </>
  );
}

interface CaseScoresProps extends AllScoresProps {
  given: readonly CalibrationScores[];
  name: string;
}

function CaseScores({ session, given, domains, nameOf, name }: CaseScoresProps) {
  const { t } = useTranslation('calibration');
  const label = t('results.tableOf', { name });
  return (
    <div className="d-heat" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption className="ams-visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('domain')}</th>
            {given.map(({ personId, blind }) => (
              <th key={personId} scope="col">
                {session.names.people[personId] ?? t('someone')}
                {blind ? null : <span className="d-small"> {t('results.notBlind')}</span>}
              </th>
            ))}
            <th scope="col">{t('results.spread')}</th>
          </tr>
        </thead>
        <tbody>
          {domains.map((domain) => (
            <tr key={domain}>
              <th scope="row">{nameOf(domain)}</th>
              {given.map((scores) => (
                <td key={scores.personId}>
                  <Level score={scoreOf(scores, domain)} />
                </td>
              ))}
              <td>{spreadOf(domain, given)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function scoreOf({ scores }: CalibrationScores, domain: string): ZrmScore | undefined {
  return scores.find((one) => one.domain === domain)?.score;
}

/** Levels between the lowest and the highest that somebody gave. */
function spreadOf(domain: string, given: readonly CalibrationScores[]): number {
  const levels = given.flatMap((scores) => {
    const score = scoreOf(scores, domain);
    return typeof score === 'number' ? [score] : [];
  });
  return levels.length === 0 ? 0 : Math.max(...levels) - Math.min(...levels);
}

function widest(domains: readonly string[], given: readonly CalibrationScores[]): number {
  return Math.max(0, ...domains.map((domain) => spreadOf(domain, given)));
}
