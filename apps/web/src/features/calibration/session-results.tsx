import '../zrm/zrm.css';

import { Button, Heading } from '@amsterdam/design-system-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Calibration } from '../../api/calibration.js';
import type { MatrixVersion } from '../../api/zrm.js';
import { useFilters } from '../../ui/use-filters.js';
import { useTableKey } from '../../ui/use-table-key.js';
import type { NameOf } from '../zrm/domain-names.js';
import { AgreementFigure } from './agreement-figure.js';
import { AllScores } from './all-scores.js';

const FILTERS = ['beeld'] as const;

interface SessionResultsProps {
  session: Calibration;
  version: MatrixVersion | undefined;
  nameOf: NameOf;
}

/** What a closed session tells: agreement per domain, and what each rater gave. */
export function SessionResults({ session, version, nameOf }: SessionResultsProps) {
  const { t } = useTranslation('calibration');
  const [filters, setFilters] = useFilters(FILTERS);
  const asTable = filters.beeld === 'tabel';
  const toggle = (): void => setFilters({ beeld: asTable ? undefined : 'tabel' });
  useTableKey(toggle);
  const domains = useMemo(() => version?.domains.map(({ code }) => code) ?? [], [version]);
  const lines = useMemo(
    () =>
      domains.flatMap((domain) => {
        const found = session.agreement?.find((one) => one.domain === domain);
        return found === undefined ? [] : [{ key: domain, name: nameOf(domain), agreement: found.agreement }];
      }),
    [domains, session.agreement, nameOf],
  );
  return (
    <section className="d-stack" aria-labelledby="results">
      <header className="d-calibration__head">
        <Heading level={2} id="results">
          {t('results.title')}
        </Heading>
        {lines.length === 0 ? null : (
          <Button type="button" variant="secondary" aria-keyshortcuts="t" onClick={toggle}>
            {t(asTable ? 'asPicture' : 'asTable')} <kbd aria-hidden="true">t</kbd>
          </Button>
        )}
      </header>
      {lines.length === 0 ? (
        <p className="d-note">{t('results.nothing')}</p>
      ) : (
        <AgreementFigure lines={lines} of="domain" asTable={asTable} />
      )}
      <AllScores session={session} domains={domains} nameOf={nameOf} />
    </section>
  );
}
