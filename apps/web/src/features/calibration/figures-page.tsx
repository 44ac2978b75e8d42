import './calibration.css';
import '../zrm/zrm.css';

import { Button, Heading, Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import {
  calibrationFiguresQuery,
  levelDistributionsQuery,
  type Distributions,
  type Figures,
} from '../../api/calibration.js';
import { zrmVersionsQuery, type MatrixVersion, type MatrixVersions } from '../../api/zrm.js';
import { useCan } from '../../app/session.js';
import { addDays, formatDate, today } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { useTableKey } from '../../ui/use-table-key.js';
import { ZrmTabs } from '../zrm-lists/zrm-tabs.js';
import { AgreementFigure } from './agreement-figure.js';
import { LevelsFigure } from './levels-figure.js';
import { useMinimums } from './use-minimums.js';

const FILTERS = ['versie', 'sinds', 'domein', 'beeld'] as const;
/** How far back, in days. */
const PERIODS = { kwartaal: 92, halfjaar: 183, jaar: 366 } as const;
const PERIOD_NAMES = ['kwartaal', 'halfjaar', 'jaar'] as const;

/** Do all institutions use the ZRM the same way (domain.md §4)? One domain at a time, the institutions side by side. */
export function Component() {
  const { t } = useTranslation('calibration');
  const versions = useQuery(zrmVersionsQuery);
  return (
    <Page title={t('figures.title')} finding={t('figures.intro')}>
      <ZrmTabs />
      <Ready query={versions} loading={<Loading rows={10} />}>
        {(matrix) => <AllFigures versions={matrix} />}
      </Ready>
    </Page>
  );
}

function AllFigures({ versions }: { versions: MatrixVersions }) {
  const { t } = useTranslation('calibration');
  const can = useCan();
  const [filters, setFilters] = useFilters(FILTERS);
  const cores = versions.items.filter(({ kind }) => kind === 'core');
  const version = cores.find(({ code }) => code === (filters.versie ?? versions.current)) ?? cores.at(-1);
  const period = oneOf(PERIOD_NAMES, filters.sinds);
  const from = period === undefined ? undefined : addDays(today(), -PERIODS[period]);
  const asTable = filters.beeld === 'tabel';
  const toggle = (): void => setFilters({ beeld: asTable ? undefined : 'tabel' });
  useTableKey(toggle);
  const asked = { matrixVersion: version?.code, from };
  const figures = useQuery(calibrationFiguresQuery(asked));
  // Who sees no clients is told of the last quarter that was fixed, of everybody.
  const levels = useQuery(levelDistributionsQuery(can('zrm:read') ? asked : { matrixVersion: version?.code }));
  const minimums = useMinimums();
  if (version === undefined) return null;
  const domain = version.domains.find(({ code }) => code === filters.domein) ?? version.domains[0];
  if (domain === undefined) return null;
  const shown = { domain: domain.code, version, asTable };
  return (
    <>
      <div className="d-filters">
        <FilterSelect
          label={t('domain')}
          value={domain.code}
          withoutEmpty
          options={version.domains.map(({ code, name }) => [code, inLanguage(name)])}
          onChoose={(domein) => setFilters({ domein })}
        />
        <FilterSelect
          label={t('figures.version')}
          value={version.code}
          withoutEmpty
          options={cores.map(({ code, name }) => [code, inLanguage(name)])}
          onChoose={(versie) => setFilters({ versie, domein: undefined })}
        />
        <FilterSelect
          label={t('figures.period')}
          value={period}
          empty={t('figures.always')}
          options={PERIOD_NAMES.map((each) => [each, t(`figures.periods.${each}`)])}
          onChoose={(sinds) => setFilters({ sinds })}
        />
        <Button type="button" variant="secondary" aria-keyshortcuts="t" onClick={toggle}>
          {t(asTable ? 'asPicture' : 'asTable')} <kbd aria-hidden="true">t</kbd>
        </Button>
      </div>
      <section className="d-stack" aria-labelledby="figures-agreement">
        <Heading level={2} id="figures-agreement">
          {t('figures.agreement')}
        </Heading>
        <Paragraph>
          {minimums === undefined
            ? t('figures.agreementIntroAny')
            : t('figures.agreementIntro', { count: minimums.subjects })}
        </Paragraph>
        <Ready query={figures} loading={<Loading shape="table" />}>
          {(data) => <Agreements figures={data} {...shown} />}
        </Ready>
      </section>
      <section className="d-stack" aria-labelledby="figures-levels">
        <Heading level={2} id="figures-levels">
          {t('figures.levels')}
        </Heading>
        <Paragraph>
          {minimums === undefined ? t('figures.levelsIntroAny') : t('figures.levelsIntro', { count: minimums.clients })}
        </Paragraph>
        <Ready query={levels} loading={<Loading shape="table" />}>
          {(data) => <Levels levels={data} {...shown} />}
        </Ready>
      </section>
    </>
  );
}

interface ShownProps {
  domain: string;
  version: MatrixVersion;
  asTable: boolean;
}

function Agreements({ figures, domain, asTable }: ShownProps & { figures: Figures }) {
  const { t } = useTranslation('calibration');
  const { items, names, sessions } = figures;
  const lines = useMemo(
    () =>
      items.flatMap(({ organisationId, domains }) => {
        const found = domains.find((one) => one.domain === domain);
        const name = names.organisations[organisationId] ?? t('region');
        return found === undefined ? [] : [{ key: organisationId, name, agreement: found.agreement }];
      }),
    [items, names, domain, t],
  );
  if (lines.length === 0) {
    return (
      <Empty title={t('figures.noAgreement', { count: sessions })}>
        <p>{t('figures.noAgreementHelp')}</p>
      </Empty>
    );
  }
  return <AgreementFigure lines={lines} of="institution" asTable={asTable} />;
}

function Levels({ levels, domain, version, asTable }: ShownProps & { levels: Distributions }) {
  const { t } = useTranslation('calibration');
  const { items, names } = levels;
  const lines = useMemo(
    () =>
      items.flatMap(({ organisationId, domains }) => {
        const found = domains.find((one) => one.domain === domain);
        const name = names.organisations[organisationId] ?? t('region');
        return found === undefined ? [] : [{ ...found, key: organisationId, name }];
      }),
    [items, names, domain, t],
  );
  if (lines.length === 0) {
    return (
      <Empty title={t('figures.noLevels')}>
        <p>{t('figures.noLevelsHelp')}</p>
      </Empty>
    );
  }
  return (
    <>
      {levels.asOf === undefined ? null : (
        <p className="d-note">{t('figures.levelsFixed', { date: formatDate(levels.asOf) })}</p>
      )}
      <LevelsFigure lines={lines} levels={version.levels} asTable={asTable} />
    </>
  );
}
