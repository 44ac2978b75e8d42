import { Heading } from '@amsterdam/design-system-react';
import { useCallback, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Picture } from '../../ui/charts/picture.js';
import { formatShortDate } from '../../ui/dates.js';
import type { NameOf } from '../zrm/domain-names.js';
import { Level } from '../zrm/level.js';
import { farthestFromTarget, lowestOf, type DomainPicture, type Point } from './chart-model.js';
import { radarOption, type RadarAxis } from './radar-option.js';

interface RadarProps {
  domains: readonly DomainPicture[];
  nameOf: NameOf;
  asTable: boolean;
}

/** Where the client stands in all domains at once, between baseline and target. */
export function Radar({ domains, nameOf, asTable }: RadarProps) {
  const { t } = useTranslation('zrm-charts');
  const title = useId();
  const axes = useMemo(
    () =>
      domains.map((domain): RadarAxis => {
        const note = isIncomparable(domain)
          ? t('radar.note.not-comparable')
          : domain.now === 'not-assessed'
            ? t('radar.note.not-assessed')
            : undefined;
        return { ...domain, name: nameOf(domain.domain), note };
      }),
    [domains, nameOf, t],
  );
  const option = useCallback((width: number) => radarOption(axes, width), [axes]);
  const levelText = (level: Point['level'] | undefined): string =>
    typeof level === 'number' ? String(level) : t(`level.${level ?? 'none'}`);
  return (
    <figure className="d-chart" aria-labelledby={title}>
      <Heading level={3} id={title}>
        <RadarFinding domains={domains} nameOf={nameOf} />
      </Heading>
      {asTable ? (
        <RadarTable axes={axes} label={t('radar.table')} />
      ) : (
        <>
          <Picture
            height={460}
            option={option}
            alternative={[
              t('radar.alternative', { count: axes.length }),
              ...axes.map(({ name, now, baseline, target }) =>
                t('radar.each', {
                  domain: name,
                  now: levelText(now),
                  baseline: levelText(baseline?.level),
                  target: levelText(target?.level),
                }),
              ),
            ].join(' ')}
          />
          <ol className="d-radar__numbers" aria-hidden="true">
            {axes.map(({ domain, name, note }) => (
              <li key={domain}>
                {name}
                {note === undefined ? '' : `: ${note}`}
              </li>
            ))}
          </ol>
          <p className="d-chart__legend">{t('radar.legend')}</p>
        </>
      )}
    </figure>
  );
}

/** The baseline of a domain, or its level of now, comes from a version that cannot be set beside this one. */
function isIncomparable({ now, baseline, others }: DomainPicture): boolean {
  return now === 'not-comparable' || (baseline === undefined && others.length > 0);
}

function RadarFinding({ domains, nameOf }: Omit<RadarProps, 'asTable'>) {
  const { t } = useTranslation('zrm-charts');
  const named = (found: readonly DomainPicture[], text: (domain: DomainPicture) => string): string => {
    const shown = found.slice(0, 3).map(text);
    return found.length > 3
      ? t('radar.andMore', { domains: shown.join(', '), count: found.length - 3 })
      : shown.join(', ');
  };
  if (domains.every(({ now }) => typeof now !== 'number')) return t('radar.nothing');
  if (domains.every(({ target }) => target === undefined)) {
    const lowest = lowestOf(domains);
    return t('radar.lowest', {
      level: String(lowest[0]?.now ?? ''),
      domains: named(lowest, ({ domain }) => nameOf(domain)),
    });
  }
  const farthest = farthestFromTarget(domains);
  if (farthest.length === 0) return t('radar.reached');
  return t('radar.farthest', {
    domains: named(farthest, ({ domain, now, target }) =>
      t('radar.gap', { domain: nameOf(domain), now: String(now), target: target?.level ?? '' }),
    ),
  });
}

function RadarTable({ axes, label }: { axes: readonly RadarAxis[]; label: string }) {
  const { t } = useTranslation('zrm-charts');
  return (
    <div className="d-heat" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption className="ams-visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.domain')}</th>
            <th scope="col">{t('table.now')}</th>
            <th scope="col">{t('table.baseline')}</th>
            <th scope="col">{t('table.target')}</th>
            <th scope="col">{t('table.note')}</th>
          </tr>
        </thead>
        <tbody>
          {axes.map((axis) => (
            <tr key={axis.domain}>
              <th scope="row">{axis.name}</th>
              <td>{typeof axis.now === 'number' ? <Level score={axis.now} /> : t(`level.${axis.now}`)}</td>
              <td>
                {axis.baseline === undefined && axis.others.length > 0 ? (
                  t('level.not-comparable')
                ) : (
                  <Level score={axis.baseline?.level} />
                )}
              </td>
              <td>
                <Level score={axis.target?.level} />
              </td>
              <td className="d-heat__text">
                {axis.before === undefined
                  ? null
                  : t('radar.before', { level: axis.before.level, date: formatShortDate(axis.before.date) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
