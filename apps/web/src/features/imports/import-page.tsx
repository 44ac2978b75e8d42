import { importDoor } from '../../api/imports.js';
import { PlacesTabs } from '../places/places-tabs.js';
import { ImportView } from './import-view.js';

/** One file of places, clients or stays. */
export function Component() {
  return <ImportView door={importDoor} tabs={<PlacesTabs />} />;
}
