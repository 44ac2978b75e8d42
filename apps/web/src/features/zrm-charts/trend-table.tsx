import { useTranslation } from 'react-i18next';

import { formatShortDate } from '../../ui/dates.js';
import type { NameOf } from '../zrm/domain-names.js';
import { Level } from '../zrm/level.js';
import { StaysTable } from './stays-table.js';
import { MovedBefore, trendFinding, type TrendContext } from './trend.js';

/**
 * What the lines say, as a table: a row per domain, a column per ZRM; with what was marked on the axis under it, and where the
 * client stayed as a table of its own.
 */
export function TrendTable({ context, nameOf }: { context: TrendContext; nameOf: NameOf }) {
  const { t } = useTranslation('zrm-charts');
  const { picture, stays } = context;
  const others = picture.domains.flatMap((domain) => domain.others.map((other) => ({ ...other, for: domain.domain })));
  return (
    <div className="d-stack">
      <div className="d-heat" role="region" aria-label={t('trend.table')} tabIndex={0}>
        <table>
          <caption className="ams-visually-hidden">{t('trend.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('table.domain')}</th>
              <th scope="col">{t('table.finding')}</th>
              {picture.moments.map(({ measurementId, date }) => (
                <th key={measurementId} scope="col" className="d-heat__moment">
                  {formatShortDate(date)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {picture.domains.map((domain) => (
              <tr key={domain.domain}>
                <th scope="row">{nameOf(domain.domain)}</th>
                <td className="d-heat__text">
                  {trendFinding(t, domain, nameOf(domain.domain))}
                  <MovedBefore domain={domain} stays={stays} />
                </td>
                {domain.points.map(({ date, level }, index) => (
                  <td key={picture.moments[index]?.measurementId ?? date} className="d-heat__moment">
                    {typeof level === 'number' ? <Level score={level} /> : t(`level.${level}`)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="d-stack">
        {picture.versionChanges.map(({ date, matrixVersion }) => (
          <li key={date}>{t('trend.versionSince', { version: matrixVersion, date: formatShortDate(date) })}</li>
        ))}
        {others.map(({ for: domain, domain: other, matrixVersion, date, level }) => (
          <li key={`${domain} ${other} ${date}`}>
            {t('trend.other', {
              domain: nameOf(domain),
              other: nameOf(other, matrixVersion),
              version: matrixVersion,
              date: formatShortDate(date),
              level,
            })}
          </li>
        ))}
      </ul>
      <StaysTable stays={stays} />
    </div>
  );
}
