import { ErrorMessage, Label, TextArea } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { zrmLevels, type ZrmLevel, type ZrmScore } from '#contracts/assessment/codes.js';

import type { MatrixDomain, MatrixVersion } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { DomainValues, Rater } from './zrm-values.js';

const CHOICES = [...zrmLevels, 'not-assessed'] as const;
/** The service refuses longer ones. */
const MAX_REMARK = 1000;

/** What was known of a domain before this ZRM. */
export interface Known {
  previous?: ZrmLevel | undefined;
  baseline?: ZrmLevel | undefined;
  target?: ZrmLevel | undefined;
}

export const inputIdOf = (domain: string, rater: Rater, choice: ZrmScore): string => `zrm-${domain}-${rater}-${choice}`;

interface ScoreRowProps {
  domain: MatrixDomain;
  levels: MatrixVersion['levels'];
  values: DomainValues;
  known: Known;
  withClient: boolean;
  errorOf: (path: string) => string | undefined;
  onScore: (rater: Rater, score: ZrmScore) => void;
  /** Absent where no remark belongs to a score. */
  onRemark: ((remark: string) => void) | undefined;
}

/** One domain: what was known, the level to choose, and behind one key its explanation and a remark. */
export function ScoreRow(props: ScoreRowProps) {
  const { domain, levels, values, known, withClient, errorOf, onScore, onRemark } = props;
  const { t } = useTranslation('zrm');
  const { t: common } = useTranslation('common');
  const { code } = domain;
  const remarkError = errorOf(`scores.${code}.remark`);
  return (
    <li className="d-score">
      <div className="d-score__name">
        <strong id={`zrm-${code}-name`}>{inLanguage(domain.name)}</strong>
        <KnownLine id={`zrm-${code}-known`} known={known} />
      </div>
      <div className="d-score__levels">
        <Levels {...{ domain, levels, values, known, onScore }} rater="score" error={errorOf(`scores.${code}.score`)} />
        {withClient ? (
          <Levels
            {...{ domain, levels, values, known, onScore }}
            rater="clientScore"
            error={errorOf(`scores.${code}.clientScore`)}
          />
        ) : null}
      </div>
      <details className="d-score__more" open={remarkError === undefined ? undefined : true}>
        <summary>
          {t(onRemark === undefined ? 'form.explanation' : 'form.more')}
          <span className="ams-visually-hidden">: {inLanguage(domain.name)}</span>
          {values.remark.trim() === '' ? null : <span className="d-tag">{t('form.hasRemark')}</span>}
        </summary>
        <div className="d-stack">
          <ol className="d-score__cells">
            {zrmLevels.map((level) => (
              <li key={level}>
                <strong>{level}</strong> {inLanguage(domain.cells[level])}
              </li>
            ))}
          </ol>
          {onRemark === undefined ? null : (
            <div className="d-field">
              <Label htmlFor={`zrm-${code}-remark`} hint={common('form.optional')}>
                {t('form.remark')}
                <span className="ams-visually-hidden">: {inLanguage(domain.name)}</span>
              </Label>
              {remarkError === undefined ? null : <ErrorMessage>{remarkError}</ErrorMessage>}
              <TextArea
                id={`zrm-${code}-remark`}
                rows={2}
                maxLength={MAX_REMARK}
                value={values.remark}
                onChange={(event) => onRemark(event.target.value)}
              />
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function KnownLine({ id, known }: { id: string; known: Known }) {
  const { t } = useTranslation('zrm');
  const { previous, baseline, target } = known;
  const parts = [
    ...(previous === undefined ? [] : [t('form.previous', { level: previous })]),
    ...(baseline === undefined ? [] : [t('form.baseline', { level: baseline })]),
    ...(target === undefined ? [] : [t('form.target', { level: target })]),
  ];
  return (
    <span id={id} className="d-small d-muted">
      {parts.join(' · ')}
    </span>
  );
}

interface LevelsProps extends Pick<ScoreRowProps, 'domain' | 'levels' | 'values' | 'known' | 'onScore'> {
  rater: Rater;
  error: string | undefined;
}

/** The levels of one domain as one choice; the marks above them stand in words beside the name. */
function Levels({ domain, levels, values, known, rater, error, onScore }: LevelsProps) {
  const { t } = useTranslation('zrm');
  const { code } = domain;
  const chosen = values[rater];
  const raterId = `zrm-${code}-${rater}-rater`;
  const errorId = `zrm-${code}-${rater}-error`;
  const described = [`zrm-${code}-known`, ...(error === undefined ? [] : [errorId])].join(' ');
  return (
    <div>
      <span id={raterId} className={rater === 'score' ? 'ams-visually-hidden' : 'd-small d-muted'}>
        {t(`form.rater.${rater}`)}
      </span>
      {error === undefined ? null : <ErrorMessage id={errorId}>{error}</ErrorMessage>}
      <div
        role="radiogroup"
        aria-labelledby={`zrm-${code}-name ${raterId}`}
        aria-describedby={described}
        aria-invalid={error !== undefined}
        className="d-levels"
        data-domain={code}
        data-rater={rater}
      >
        {CHOICES.map((choice) => (
          <label
            key={choice}
            className={choice === 'not-assessed' ? 'd-levels__one' : `d-levels__one d-level--${choice}`}
          >
            <input
              type="radio"
              id={inputIdOf(code, rater, choice)}
              name={`zrm-${code}-${rater}`}
              checked={chosen === choice}
              onChange={() => onScore(rater, choice)}
            />
            <span>
              {choice === 'not-assessed' ? t('form.notAssessedShort') : choice}
              <span className="ams-visually-hidden">
                , {choice === 'not-assessed' ? t('notAssessed') : inLanguage(levels[choice])}
              </span>
            </span>
            <span className="d-levels__marks" aria-hidden="true">
              {marksOn(choice, known, rater)}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}

function marksOn(choice: ZrmScore, { previous, baseline, target }: Known, rater: Rater): string {
  if (rater === 'clientScore') return '';
  return [choice === previous ? '•' : '', choice === baseline ? '○' : '', choice === target ? '◎' : ''].join('');
}
