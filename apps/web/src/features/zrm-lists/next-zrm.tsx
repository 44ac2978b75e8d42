import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { measurementKindLabels } from '#contracts/assessment/code-labels.js';
import type { MeasurementKind } from '#contracts/assessment/codes.js';

import type { ZrmClient } from '../../api/zrm-lists.js';
import { useCan } from '../../app/session.js';
import { describeProblem, inLanguage } from '../../ui/problem-text.js';
import { useStartZrm } from '../zrm/use-start-zrm.js';
import { nextStepOf, type PageList } from './worklists.js';

interface NextZrmProps {
  client: ZrmClient;
  name: string;
  list: PageList;
}

/** The one thing to do about a client: fill in, go on with what was begun, or look. */
export function NextZrm({ client, name, list }: NextZrmProps) {
  const { t } = useTranslation('zrm-lists');
  const can = useCan();
  // What changed is to be discussed first; nothing has to be filled in for it.
  const next = list === 'changed' || !can('zrm:write') ? undefined : nextStepOf(client);
  if (next?.step === 'begin') return <Begin clientId={client.clientId} kind={next.kind} name={name} />;
  const { clientId } = client;
  const text = next === undefined ? t('look') : t('goOn');
  const to = next === undefined ? `/clienten/${clientId}/zrm` : `/clienten/${clientId}/zrm/${next.measurementId}`;
  return (
    <Link className="ams-link d-nowrap" to={to} aria-label={t('actionOf', { action: text, name })}>
      {text}
    </Link>
  );
}

function Begin({ clientId, kind, name }: { clientId: string; kind: MeasurementKind; name: string }) {
  const { t } = useTranslation('zrm-lists');
  const start = useStartZrm(clientId);
  const text = t('begin', { kind: inLanguage(measurementKindLabels[kind]) });
  return (
    <span className="d-row-actions">
      <Button
        type="button"
        variant="secondary"
        disabled={start.isPending}
        aria-label={t('actionOf', { action: text, name })}
        onClick={() => start.mutate(kind)}
      >
        {text}
      </Button>
      {start.error === null ? null : (
        <span className="d-late" role="alert">
          {describeProblem(start.error).title}
        </span>
      )}
    </span>
  );
}
