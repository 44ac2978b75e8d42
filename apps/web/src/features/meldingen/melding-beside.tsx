import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';

import { meldingQuery, type Melding } from '../../api/meldingen.js';
import { Beside } from '../../ui/beside.js';
import { Loading, Ready } from '../../ui/states.js';
import type { MeldingWork } from './use-melding-actions.js';

/** Only who opens a melding needs it: the list is there first. */
const MeldingDetail = lazy(async () => ({ default: (await import('./melding-detail.js')).MeldingDetail }));

interface MeldingBesideProps {
  meldingId: string;
  /** The line of the list, which the live stream keeps up to date; undefined when the list does not hold it. */
  row: Melding | undefined;
  work: MeldingWork;
  onClose: () => void;
}

/** A melding beside the list. */
export function MeldingBeside({ meldingId, row, work, onClose }: MeldingBesideProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const one = useQuery({ ...meldingQuery(meldingId), enabled: row === undefined });
  const shown = row ?? one.data;
  const name = shown?.names.clients[shown.clientId];
  const detail = (melding: Melding) => (
    <MeldingDetail
      melding={melding}
      done={work.done.get(meldingId)}
      problem={work.problems.get(meldingId)}
      actions={work.actions}
    />
  );
  return (
    <Beside title={shown === undefined ? t('common:state.loading') : (name ?? t('someone'))} onClose={onClose}>
      {row === undefined ? (
        <Ready query={one} loading={<Loading rows={6} />}>
          {detail}
        </Ready>
      ) : (
        detail(row)
      )}
    </Beside>
  );
}
