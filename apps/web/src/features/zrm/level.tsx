import { useTranslation } from 'react-i18next';

import { progressDirectionLabels } from '#contracts/assessment/code-labels.js';
import type { ProgressDirection, ZrmLevel, ZrmScore } from '#contracts/assessment/codes.js';

import { inLanguage } from '../../ui/problem-text.js';

/** A level as its digit on the tint of that level; a dash where nobody could say one. */
export function Level({ score }: { score: ZrmScore | undefined }) {
  const { t } = useTranslation('zrm');
  if (score === undefined || score === 'not-assessed') {
    return (
      <span className="d-level">
        <span aria-hidden="true">–</span>
        <span className="ams-visually-hidden">{t(score === undefined ? 'notThere' : 'notAssessed')}</span>
      </span>
    );
  }
  return <span className={`d-level d-level--${score}`}>{score}</span>;
}

const ARROWS: Record<ProgressDirection, string> = { up: '↑', same: '→', down: '↓', mixed: '↕', unknown: '' };

/** Which way it went, as an arrow and in words. */
export function Direction({ direction }: { direction: ProgressDirection }) {
  if (direction === 'unknown') return null;
  return (
    <span className={direction === 'down' ? 'd-direction d-late' : 'd-direction'}>
      <span aria-hidden="true">{ARROWS[direction]}</span>
      <span className="ams-visually-hidden"> {inLanguage(progressDirectionLabels[direction])}</span>
    </span>
  );
}

interface TrackProps {
  baseline: ZrmLevel | undefined;
  target: ZrmLevel | undefined;
  current: ZrmLevel | undefined;
}

const STEP = 22;
const MIDDLE = 9;
const at = (level: ZrmLevel): number => level * STEP - STEP / 2;

/** The way from baseline ○ to target ◎ with now ● on it. The same stands in the cells beside it as digits. */
export function Track({ baseline, target, current }: TrackProps) {
  return (
    <svg className="d-track" viewBox={`0 0 ${STEP * 5} ${MIDDLE * 2}`} width={STEP * 5} height={MIDDLE * 2} aria-hidden>
      <path d={`M${at(1)} ${MIDDLE}H${at(5)}`} className="d-track__line" />
      {([1, 2, 3, 4, 5] as const).map((level) => (
        <path key={level} d={`M${at(level)} ${MIDDLE - 3}v6`} className="d-track__line" />
      ))}
      {current === undefined ? null : <circle cx={at(current)} cy={MIDDLE} r="3.5" className="d-track__now" />}
      {baseline === undefined ? null : <circle cx={at(baseline)} cy={MIDDLE} r="5.5" className="d-track__ring" />}
      {target === undefined ? null : (
        <>
          <circle cx={at(target)} cy={MIDDLE} r="8" className="d-track__ring" />
          <circle cx={at(target)} cy={MIDDLE} r="5" className="d-track__ring" />
        </>
      )}
    </svg>
  );
}
