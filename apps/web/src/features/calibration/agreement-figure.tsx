import { Heading } from '@amsterdam/design-system-react';
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Agreement } from '../../api/calibration.js';
import { Picture } from '../../ui/charts/picture.js';
import { formatNumber } from '../../ui/dates.js';
import { agreementReading, figureText } from './agreement-reading.js';
import { bandOf, bandStarts } from './agreement-words.js';
import { intervalHeight, intervalOption } from './interval-option.js';

/** One line of a figure: a domain of one session, or an institution on one domain. */
export interface AgreementLine {
  readonly key: string;
  readonly name: string;
  readonly agreement: Agreement;
}

interface AgreementFigureProps {
  lines: readonly AgreementLine[];
  /** What the lines are. */
  of: 'domain' | 'institution';
  asTable: boolean;
}

/** How far raters agree, as intervals under each other, or as their table; with what that means in plain words. */
export function AgreementFigure({ lines, of, asTable }: AgreementFigureProps) {
  const { t } = useTranslation('calibration');
  const title = useId();
  const measure = lines.flatMap(({ agreement }) => (agreement.shown ? [agreement.measure] : []))[0];
  const option = useCallback(
    (width: number) =>
      intervalOption(
        lines.map(({ name, agreement }) => ({
          name,
          figure: agreement.shown ? { value: agreement.value, ...agreement.interval } : undefined,
        })),
        [...new Set(measure === undefined ? [] : bandStarts[measure])],
        (value) => formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
        width,
      ),
    [lines, measure],
  );
  return (
    <figure className="d-chart" aria-labelledby={title}>
      <Heading level={3} id={title}>
        <AgreementFinding lines={lines} of={of} />
      </Heading>
      {asTable || measure === undefined ? (
        <AgreementTable lines={lines} of={of} />
      ) : (
        <>
          <Picture
            height={intervalHeight(lines.length)}
            option={option}
            alternative={[
              t('agreement.alternative'),
              ...lines.map(({ name, agreement }) =>
                agreement.shown
                  ? t('agreement.each', {
                      name,
                      value: figureText(agreement.value),
                      low: figureText(agreement.interval.low),
                      high: figureText(agreement.interval.high),
                    })
                  : t('agreement.hidden', { name }),
              ),
            ].join(' ')}
          />
          <p className="d-chart__legend">{t('agreement.legend')}</p>
        </>
      )}
      {measure === undefined ? null : <p className="d-small d-muted d-measure">{t(`agreement.about.${measure}`)}</p>}
    </figure>
  );
}

/** The one sentence: where the raters differ most, or that nothing can be said yet. */
function AgreementFinding({ lines, of }: Pick<AgreementFigureProps, 'lines' | 'of'>) {
  const { t } = useTranslation('calibration');
  const shown = lines.flatMap(({ name, agreement }) => (agreement.shown ? [{ name, agreement }] : []));
  shown.sort((a, b) => a.agreement.value - b.agreement.value);
  const [lowest, highest] = [shown.at(0), shown.at(-1)];
  if (lowest === undefined || highest === undefined) return t('agreement.nothing');
  const { measure, value } = lowest.agreement;
  const isEqual = figureText(value) === figureText(highest.agreement.value);
  const sentence = of === 'domain' ? 'agreement.finding' : 'agreement.findingInstitution';
  return t(isEqual ? 'agreement.equal' : sentence, {
    name: lowest.name,
    value: figureText(value),
    band: t(`band.${bandOf(measure, value)}`),
    shown: shown.length,
    count: lines.length,
  });
}

function AgreementTable({ lines, of }: Pick<AgreementFigureProps, 'lines' | 'of'>) {
  const { t } = useTranslation('calibration');
  const label = t('agreement.table');
  return (
    <div className="d-heat" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption className="ams-visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t(of)}</th>
            <th scope="col">{t('agreement.figure')}</th>
            <th scope="col">{t('agreement.interval')}</th>
            <th scope="col">{t('agreement.reading')}</th>
            <th scope="col">{t('agreement.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, agreement }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>
                {agreement.shown
                  ? `${t(`agreement.measure.${agreement.measure}`)} ${figureText(agreement.value)}`
                  : '–'}
              </td>
              <td>
                {agreement.shown
                  ? t('agreement.from', {
                      low: figureText(agreement.interval.low),
                      high: figureText(agreement.interval.high),
                    })
                  : '–'}
              </td>
              <td className="d-heat__text">{agreementReading(t, agreement)}</td>
              <td className="d-heat__text">
                {agreement.subjects === undefined
                  ? t('agreement.raters', { count: agreement.raters })
                  : `${t('agreement.raters', { count: agreement.raters })}, ${t('agreement.subjects', { count: agreement.subjects })}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
