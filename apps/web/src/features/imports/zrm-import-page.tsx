import { zrmImportDoor } from '../../api/imports.js';
import { ZrmTabs } from '../zrm-lists/zrm-tabs.js';
import { ImportView } from './import-view.js';

/** One file of ZRMs. */
export function Component() {
  return <ImportView door={zrmImportDoor} tabs={<ZrmTabs />} />;
}
