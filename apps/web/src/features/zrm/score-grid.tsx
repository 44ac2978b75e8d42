import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { zrmLevels, type ZrmScore } from '#contracts/assessment/codes.js';

import type { MatrixDomain, MatrixVersion } from '../../api/zrm.js';
import { useAnnounce } from '../../ui/announcer.js';
import { inLanguage } from '../../ui/problem-text.js';
import { inputIdOf, ScoreRow, type Known } from './score-row.js';
import { EMPTY_DOMAIN, scoreOfKey, withDomain, type Rater, type ScoreValues } from './zrm-values.js';

interface ScoreGridProps<V extends ScoreValues> {
  domains: readonly MatrixDomain[];
  version: MatrixVersion;
  values: V;
  knownOf: (domain: string) => Known;
  withClient: boolean;
  /** A remark per domain; without it only the explanation of the levels stands there. */
  withRemarks?: boolean;
  errorOf: (path: string) => string | undefined;
  onChange: (values: V, path: string) => void;
}

/** One score as it was before it was changed. */
interface Step {
  domain: string;
  rater: Rater;
  before: ZrmScore | undefined;
}

/**
 * All domains under each other. A digit gives the level and goes on to the next domain, so that thirteen digits fill in a
 * ZRM; the arrows choose and walk, Ctrl+Z takes the last score back.
 */
export function ScoreGrid<V extends ScoreValues>(props: ScoreGridProps<V>) {
  const { domains, version, values, knownOf, withClient, withRemarks = true, errorOf, onChange } = props;
  const { t } = useTranslation('zrm');
  const announce = useAnnounce();
  const steps = useRef<Step[]>([]);
  const [canUndo, setCanUndo] = useState(false);

  const nameOf = (code: string): string => {
    const domain = domains.find((one) => one.code === code);
    return domain === undefined ? code : inLanguage(domain.name);
  };
  const say = (code: string, score: ZrmScore | undefined): void => {
    const level = score === undefined ? t('form.cleared') : score === 'not-assessed' ? t('notAssessed') : String(score);
    announce(`${nameOf(code)}: ${level}`);
  };
  const give = (domain: string, rater: Rater, score: ZrmScore | undefined): void => {
    const before = values.domains[domain]?.[rater];
    if (before === score) return;
    steps.current.push({ domain, rater, before });
    setCanUndo(true);
    onChange(withDomain(values, domain, { [rater]: score }), `scores.${domain}.${rater}`);
  };
  const takeBack = (): void => {
    const step = steps.current.pop();
    setCanUndo(steps.current.length > 0);
    if (step === undefined) return;
    onChange(withDomain(values, step.domain, { [step.rater]: step.before }), `scores.${step.domain}.${step.rater}`);
    say(step.domain, step.before);
    focusOn(step.domain, step.rater, step.before);
  };

  const onKey = (event: KeyboardEvent): void => {
    const group = event.target instanceof HTMLInputElement ? event.target.closest<HTMLElement>('[data-rater]') : null;
    if (group === null) return;
    const domain = group.dataset['domain'] ?? '';
    const rater: Rater = group.dataset['rater'] === 'clientScore' ? 'clientScore' : 'score';
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      takeBack();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const walk = (by: number): void => {
      event.preventDefault();
      const next = domains[domains.findIndex(({ code }) => code === domain) + by]?.code;
      if (next !== undefined) focusOn(next, rater, values.domains[next]?.[rater]);
    };
    // Enter would send the form.
    if (event.key === 'ArrowDown' || event.key === 'Enter') walk(1);
    if (event.key === 'ArrowUp') walk(-1);
    const score = scoreOfKey(event.key);
    if (score === undefined) return;
    event.preventDefault();
    const given = score === 'clear' ? undefined : score;
    give(domain, rater, given);
    say(domain, given);
    focusOn(domain, rater, given);
    if (given !== undefined) walk(1);
  };

  return (
    <div className="d-stack">
      <p className="d-small d-muted">{t('form.keys')}</p>
      <ul className="d-scale">
        {zrmLevels.map((level) => (
          <li key={level}>
            <span className={`d-level d-level--${level}`}>{level}</span> {inLanguage(version.levels[level])}
          </li>
        ))}
      </ul>
      {/* The keys belong to the choices inside. */}
      <ol className="d-scores" onKeyDown={onKey}>
        {domains.map((domain) => (
          <ScoreRow
            key={domain.code}
            domain={domain}
            levels={version.levels}
            values={values.domains[domain.code] ?? EMPTY_DOMAIN}
            known={knownOf(domain.code)}
            withClient={withClient}
            errorOf={errorOf}
            onScore={(rater, score) => give(domain.code, rater, score)}
            onRemark={
              withRemarks
                ? (remark) => onChange(withDomain(values, domain.code, { remark }), `scores.${domain.code}.remark`)
                : undefined
            }
          />
        ))}
      </ol>
      <p>
        <button type="button" className="d-link-button" disabled={!canUndo} onClick={takeBack}>
          {t('form.takeBack')}
        </button>
      </p>
    </div>
  );
}

/** To the level that was chosen, or to the first when none was. */
function focusOn(domain: string, rater: Rater, score: ZrmScore | undefined): void {
  document.getElementById(inputIdOf(domain, rater, score ?? 1))?.focus();
}
