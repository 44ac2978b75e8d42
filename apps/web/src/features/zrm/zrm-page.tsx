import './zrm.css';

import { Button } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import { measurementKindLabels } from '#contracts/assessment/code-labels.js';

import { clientQuery, type ClientFile } from '../../api/clients.js';
import {
  zrmKeys,
  zrmProgressQuery,
  zrmQuery,
  zrmVersionsQuery,
  type MatrixVersions,
  type ProgressOfClient,
  type Zrm,
} from '../../api/zrm.js';
import { useCan } from '../../app/session.js';
import { useAnnounce } from '../../ui/announcer.js';
import { formatDate, today } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { PrintButton } from '../../ui/print-button.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Loading, Ready } from '../../ui/states.js';
import { PrintHead } from './print-head.js';
import { ZrmForm } from './zrm-form.js';
import { ZrmView } from './zrm-view.js';

/** One ZRM of a client: a draft to fill in, or what was submitted to read and, within the term, to correct. */
export function Component() {
  const { t } = useTranslation(['zrm', 'common']);
  const { clientId = '', measurementId = '' } = useParams();
  const client = useQuery(clientQuery(clientId));
  // A form starts from what stands in the service now, and lets nothing that comes later change it.
  const zrm = useQuery({ ...zrmQuery(clientId, measurementId), gcTime: 0, refetchOnWindowFocus: false });
  const versions = useQuery(zrmVersionsQuery);
  // In the version of the form, so that what was known before stands beside it after a change of version too.
  const matrixVersion = zrm.data?.content.matrixVersion;
  const progress = useQuery({ ...zrmProgressQuery(clientId, matrixVersion), enabled: matrixVersion !== undefined });
  const [round, setRound] = useState(0);
  const reload = async (): Promise<void> => {
    await zrm.refetch();
    setRound((before) => before + 1);
  };
  const name = client.data?.name;
  const kind = zrm.data === undefined ? 'ZRM' : inLanguage(measurementKindLabels[zrm.data.content.kind]);
  return (
    <Page
      title={name === undefined ? t('common:state.loading') : t('page.of', { kind, name })}
      finding={
        <Link className="ams-link" to={`/clienten/${clientId}/zrm`}>
          {t('page.back')}
        </Link>
      }
    >
      <Ready query={zrm} loading={<Loading rows={10} />}>
        {(data) => (
          <Ready query={versions} loading={<Loading rows={10} />}>
            {(matrix) => (
              <Ready query={progress} loading={<Loading rows={10} />}>
                {(known) => (
                  <Opened
                    key={`${measurementId} ${round}`}
                    found={data}
                    versions={matrix}
                    progress={known}
                    client={client.data}
                    onReload={reload}
                  />
                )}
              </Ready>
            )}
          </Ready>
        )}
      </Ready>
    </Page>
  );
}

interface OpenedProps {
  found: Zrm;
  versions: MatrixVersions;
  progress: ProgressOfClient;
  /** Absent while it is fetched. */
  client: ClientFile | undefined;
  onReload: () => Promise<void>;
}

function Opened({ found, versions, progress, client, onReload }: OpenedProps) {
  const { t } = useTranslation('zrm');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const mayWrite = useCan()('zrm:write') && client?.mergedInto === undefined;
  // As it was when it was opened; the form tells by itself when somebody else changed it.
  const [zrm] = useState(found);
  const [correcting, setCorrecting] = useState(false);
  const { clientId, state, correctableUntil } = zrm;
  const toTab = async (text: string): Promise<void> => {
    announce(text);
    await navigate(`/clienten/${clientId}/zrm`);
  };
  if (mayWrite && (state === 'draft' || correcting)) {
    return (
      <ZrmForm
        zrm={zrm}
        versions={versions}
        progress={progress}
        correcting={correcting}
        onDone={async () => {
          if (!correcting) return toTab(t('page.submitted'));
          announce(t('page.corrected'));
          await onReload();
        }}
        onDiscarded={async () => {
          await queries.invalidateQueries({ queryKey: [...zrmKeys.ofClient(clientId), 'list'] });
          await queries.invalidateQueries({ queryKey: zrmKeys.lists });
          await toTab(t('page.discarded'));
        }}
        onLook={() => void onReload()}
        onSavedAnew={async (measurementId) => {
          announce(t('page.savedAnew'));
          await navigate(`/clienten/${clientId}/zrm/${measurementId}`, { replace: true });
          await queries.invalidateQueries({ queryKey: zrmKeys.all });
        }}
      />
    );
  }
  const mayCorrect = mayWrite && correctableUntil !== undefined && correctableUntil >= today();
  return (
    <div className="d-stack">
      {client === undefined ? null : <PrintHead client={client} />}
      <div className="d-actions">
        <PrintButton />
        {mayCorrect ? (
          <>
            <Button type="button" variant="secondary" onClick={() => setCorrecting(true)}>
              {t('page.correct')}
            </Button>
            <span className="d-muted">{t('page.correctUntil', { date: formatDate(correctableUntil) })}</span>
          </>
        ) : null}
      </div>
      <ZrmView zrm={zrm} versions={versions} />
    </div>
  );
}
