import './zrm.css';

import { Button, Heading } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { measurementKindLabels } from '#contracts/assessment/code-labels.js';
import { measurementKinds, type MeasurementKind } from '#contracts/assessment/codes.js';

import type { ClientFile } from '../../api/clients.js';
import {
  zrmProgressQuery,
  zrmsQuery,
  zrmVersionsQuery,
  type MatrixVersions,
  type ProgressOfClient,
  type Zrms,
} from '../../api/zrm.js';
import { useCan } from '../../app/session.js';
import { preloadMessages } from '../../i18n/index.js';
import { formatDate, formatShare } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { PrintButton } from '../../ui/print-button.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { domainNames } from './domain-names.js';
import { DueLines } from './due-lines.js';
import { Findings } from './findings.js';
import { HeatGrid } from './heat-grid.js';
import { ZrmHistory } from './history.js';
import { PrintHead } from './print-head.js';
import { useStartZrm } from './use-start-zrm.js';

/** Only who comes here needs what draws. */
const ZrmCharts = lazy(async () => {
  const [module] = await Promise.all([import('../zrm-charts/zrm-charts.js'), preloadMessages('zrm-charts')]);
  return { default: module.ZrmCharts };
});

/** Does the client move between baseline and target (domain.md §4)? And everything that was filled in. */
export function ZrmTab({ client }: { client: ClientFile }) {
  const progress = useQuery(zrmProgressQuery(client.clientId));
  const zrms = useQuery(zrmsQuery(client.clientId));
  const versions = useQuery(zrmVersionsQuery);
  return (
    <Ready query={progress} loading={<Loading shape="table" rows={8} />}>
      {(known) => (
        <Ready query={zrms} loading={<Loading shape="table" rows={8} />}>
          {(list) => (
            <Ready query={versions} loading={<Loading shape="table" rows={8} />}>
              {(matrix) => <Zrm client={client} progress={known} zrms={list} versions={matrix} />}
            </Ready>
          )}
        </Ready>
      )}
    </Ready>
  );
}

interface ZrmProps {
  client: ClientFile;
  progress: ProgressOfClient;
  zrms: Zrms;
  versions: MatrixVersions;
}

function Zrm({ client, progress, zrms, versions }: ZrmProps) {
  const { t } = useTranslation('zrm');
  const mayFillIn = useCan()('zrm:write') && client.mergedInto === undefined;
  const nameOf = domainNames(versions, progress.matrixVersion);
  return (
    <div className="d-stack d-zrm-overview">
      <PrintHead client={client} />
      <section className="d-stack" aria-labelledby="zrm-finding">
        <Heading level={2} id="zrm-finding">
          <Headline progress={progress} />
        </Heading>
        <DueLines due={progress.due} />
        <Missing progress={progress} mayFillIn={mayFillIn} />
        <Findings findings={progress.findings} nameOf={nameOf} />
        <div className="d-actions">
          {mayFillIn ? (
            <FillIn progress={progress} drafts={zrms.items.filter(({ state }) => state === 'draft')} />
          ) : null}
          {zrms.items.length === 0 ? null : <PrintButton />}
        </div>
        {progress.latest === undefined ? null : <HeatGrid progress={progress} zrms={zrms.items} nameOf={nameOf} />}
      </section>
      {progress.latest === undefined ? null : (
        <Suspense fallback={<Loading rows={12} />}>
          <ZrmCharts
            clientId={client.clientId}
            progress={progress}
            zrms={zrms.items}
            versions={versions}
            nameOf={nameOf}
          />
        </Suspense>
      )}
      <section className="d-stack" aria-labelledby="zrm-history">
        <Heading level={2} id="zrm-history">
          {t('history.title')}
        </Heading>
        {zrms.items.length === 0 ? (
          <Empty title={t('history.empty')}>
            <p>{t(mayFillIn ? 'history.emptyHelp' : 'history.emptyHelpReader')}</p>
          </Empty>
        ) : (
          <ZrmHistory clientId={client.clientId} zrms={zrms} />
        )}
      </section>
    </div>
  );
}

/** The answer to the question of the page, in one sentence. */
export function Headline({ progress }: { progress: ProgressOfClient }) {
  const { t } = useTranslation('zrm');
  const { latest, direction, targetsSet, targetsReached, position } = progress;
  if (latest === undefined) return t('headline.nothing');
  const parts = [
    t(`headline.${direction}`, { date: formatDate(latest.date) }),
    ...(targetsSet === 0 ? [] : [t('headline.targets', { count: targetsSet, reached: targetsReached })]),
    ...(position === undefined ? [] : [t('headline.position', { share: formatShare(position) })]),
  ];
  return parts.join(' ');
}

/** Without a baseline or a target since the arrival there is no way to measure; who fills in is told what to do about it. */
function Missing({ progress, mayFillIn }: { progress: ProgressOfClient; mayFillIn: boolean }) {
  const { t } = useTranslation('zrm');
  const [first, second] = progress.lacks;
  if (first === undefined) return null;
  const what = second === undefined ? first : 'everything';
  return (
    <p className="d-note">
      {t(`missing.${what}`)} {mayFillIn ? t(`missing.do.${what}`) : null}
    </p>
  );
}

/** A ZRM that was begun and not submitted. */
type Draft = Pick<Zrms['items'][number], 'measurementId' | 'kind'>;

/**
 * What can be filled in, the most likely first. What was begun is gone on with: a second draft of the same kind would be a
 * mistake. Whether it fits is said by the rules when it is submitted.
 */
export function FillIn({ progress, drafts }: { progress: ProgressOfClient; drafts: readonly Draft[] }) {
  const { t } = useTranslation('zrm');
  const { clientId } = progress;
  const start = useStartZrm(clientId);
  const navigate = useNavigate();
  const expected = progress.due.find(({ held }) => !held)?.kind ?? progress.lacks[0];
  const first: MeasurementKind = expected ?? (progress.baseline === undefined ? 'baseline' : 'periodic');
  const kinds = [first, ...measurementKinds.filter((kind) => kind !== first)];
  return (
    <>
      {start.error === null ? null : <Failure error={start.error} headingLevel={3} />}
      <div className="d-actions">
        {kinds.map((kind) => {
          const draft = drafts.find((one) => one.kind === kind);
          return (
            <Button
              key={kind}
              type="button"
              variant={kind === first ? 'primary' : 'secondary'}
              disabled={start.isPending}
              onClick={() => {
                if (draft === undefined) start.mutate(kind);
                else void navigate(`/clienten/${clientId}/zrm/${draft.measurementId}`);
              }}
            >
              {t(draft === undefined ? 'fillIn' : 'goOn', { kind: inLanguage(measurementKindLabels[kind]) })}
            </Button>
          );
        })}
      </div>
    </>
  );
}
