import { useTranslation } from 'react-i18next';

import { zrmImportDoor } from '../../api/imports.js';
import { ZrmTabs } from '../zrm-lists/zrm-tabs.js';
import { ImportsView } from './imports-view.js';

/** Files of ZRMs. */
export function Component() {
  const { t } = useTranslation('imports');
  return <ImportsView door={zrmImportDoor} tabs={<ZrmTabs />} about={t('aboutZrms')} />;
}
