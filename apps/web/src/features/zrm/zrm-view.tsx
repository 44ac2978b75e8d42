import { Heading } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import {
  measurementCorrectionReasonLabels,
  participantLabels,
  weightAnswerLabels,
  weightFactorLabels,
} from '#contracts/assessment/code-labels.js';

import type { DraftContent, MatrixVersions, Zrm } from '../../api/zrm.js';
import { formatDate, formatInstant } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { domainNames, domainsOf } from './domain-names.js';
import { Level } from './level.js';

/** A ZRM to read: everything that was filled in, and what stood before it was corrected. */
export function ZrmView({ zrm, versions }: { zrm: Zrm; versions: MatrixVersions }) {
  const { t } = useTranslation('zrm');
  const { correction, earlier, copies, names } = zrm;
  const whoText = (personId: string, at: string): string =>
    t('history.by', { name: names.people[personId] ?? t('someone'), when: formatInstant(at) });
  return (
    <div className="d-stack">
      <p className="d-muted">
        {t(entryKey(zrm), { who: whoText(zrm.recordedBy, zrm.recordedAt) })}
        {correction === undefined
          ? null
          : ` ${t('view.corrected', {
              who: whoText(correction.changedBy, correction.changedAt),
              reason: inLanguage(measurementCorrectionReasonLabels[correction.reason]).toLowerCase(),
            })}`}
      </p>
      <Content content={zrm.content} versions={versions} label={t('view.scores')} />
      {earlier.length === 0 ? null : (
        <section className="d-stack" aria-labelledby="zrm-earlier">
          <Heading level={2} id="zrm-earlier">
            {t('view.earlier')}
          </Heading>
          {earlier.map((edition) => (
            <details key={edition.version} className="d-history">
              <summary>{whoText(edition.recordedBy, edition.recordedAt)}</summary>
              <div className="d-history__list">
                <Content
                  content={edition.content}
                  versions={versions}
                  label={t('view.scoresBefore', { who: whoText(edition.recordedBy, edition.recordedAt) })}
                />
              </div>
            </details>
          ))}
        </section>
      )}
      {copies.length === 0 ? null : (
        <section className="d-stack" aria-labelledby="zrm-copies">
          <Heading level={2} id="zrm-copies">
            {t('view.copies')}
          </Heading>
          <p className="d-muted">{t('view.copiesHelp')}</p>
          {copies.map((copy) => (
            <details key={copy.copyId} className="d-history">
              <summary>{whoText(copy.recordedBy, copy.recordedAt)}</summary>
              <div className="d-history__list">
                <Content
                  content={copy.content}
                  versions={versions}
                  label={t('view.scoresBefore', { who: whoText(copy.recordedBy, copy.recordedAt) })}
                />
              </div>
            </details>
          ))}
        </section>
      )}
    </div>
  );
}

/** How it came in: who filled it in, or whose file it was in. */
function entryKey({ state, origin }: Zrm): 'view.savedBy' | 'view.importedBy' | 'view.submittedBy' {
  if (state === 'draft') return 'view.savedBy';
  return origin === 'import' ? 'view.importedBy' : 'view.submittedBy';
}

function Content({ content, versions, label }: { content: DraftContent; versions: MatrixVersions; label: string }) {
  const { t } = useTranslation('zrm');
  const { matrixVersion, supplements, scores, weights, particulars, participants, date } = content;
  const nameOf = domainNames(versions, matrixVersion);
  const withClient = scores.some(({ clientScore }) => clientScore !== undefined);
  const hasRemarks = scores.some(({ remark }) => remark !== undefined);
  return (
    <div className="d-stack">
      <dl className="d-zrm-facts">
        <dt>{t('view.date')}</dt>
        <dd>{date === undefined ? t('history.noDate') : formatDate(date)}</dd>
        <dt>{t('history.version')}</dt>
        <dd>{matrixVersion}</dd>
        <dt>{t('form.participants')}</dt>
        <dd>{participants.map((each) => inLanguage(participantLabels[each])).join(', ') || t('view.nobody')}</dd>
        <dt>{t('form.particulars')}</dt>
        <dd>{particulars ?? t('history.hasNot')}</dd>
        {weights.map(({ factor, answer, note }) => (
          <div key={factor}>
            <dt>{inLanguage(weightFactorLabels[factor])}</dt>
            <dd>
              {inLanguage(weightAnswerLabels[answer])}
              {note === undefined ? null : `: ${note}`}
            </dd>
          </div>
        ))}
      </dl>
      <div className="d-heat" role="region" aria-label={label} tabIndex={0}>
        <table>
          <caption className="ams-visually-hidden">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('grid.domain')}</th>
              <th scope="col">{t('view.score')}</th>
              {withClient ? <th scope="col">{t('form.rater.clientScore')}</th> : null}
              {hasRemarks ? <th scope="col">{t('form.remark')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {domainsOf(versions, matrixVersion, supplements).map(({ code }) => {
              const score = scores.find(({ domain }) => domain === code);
              return (
                <tr key={code}>
                  <th scope="row">{nameOf(code)}</th>
                  <td>
                    <Level score={score?.score} />
                  </td>
                  {withClient ? (
                    <td>
                      <Level score={score?.clientScore} />
                    </td>
                  ) : null}
                  {hasRemarks ? <td className="d-heat__text">{score?.remark}</td> : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
