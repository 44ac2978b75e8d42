import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ZrmDraftMark } from '#contracts/assessment/clients.js';

import { clientQuery } from '../../api/clients.js';
import { zrmProgressQuery, zrmVersionsQuery } from '../../api/zrm.js';
import { useCan } from '../../app/session.js';
import { Beside } from '../../ui/beside.js';
import { Loading, Ready } from '../../ui/states.js';
import { domainNames } from '../zrm/domain-names.js';
import { DueLines } from '../zrm/due-lines.js';
import { Findings } from '../zrm/findings.js';
import { FillIn, Headline } from '../zrm/zrm-tab.js';

interface ZrmBesideProps {
  clientId: string;
  name: string;
  /** Begun and not submitted, as far as the list knows. */
  drafts: readonly ZrmDraftMark[];
  onClose: () => void;
}

/** A client beside the list: what is waited for and why, what changed and why, and filling in. */
export function ZrmBeside({ clientId, name, drafts, onClose }: ZrmBesideProps) {
  const { t } = useTranslation('zrm-lists');
  const can = useCan();
  const file = useQuery(clientQuery(clientId));
  const progress = useQuery(zrmProgressQuery(clientId));
  const versions = useQuery(zrmVersionsQuery);
  const mayFillIn = can('zrm:write') && file.data?.mergedInto === undefined;
  return (
    <Beside title={file.data?.name ?? name} onClose={onClose}>
      <Ready query={progress} loading={<Loading rows={8} />}>
        {(known) => (
          <Ready query={versions} loading={<Loading rows={8} />}>
            {(matrix) => (
              <>
                <p className="d-now">
                  <Headline progress={known} />
                </p>
                <DueLines due={known.due} />
                <Findings findings={known.findings} nameOf={domainNames(matrix, known.matrixVersion)} />
                {mayFillIn ? <FillIn progress={known} drafts={drafts} /> : null}
                <p>
                  <Link className="ams-link" to={`/clienten/${clientId}/zrm`}>
                    {t('toZrms')}
                  </Link>
                </p>
              </>
            )}
          </Ready>
        )}
      </Ready>
    </Beside>
  );
}
