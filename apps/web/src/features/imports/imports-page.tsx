import { importDoor } from '../../api/imports.js';
import { PlacesTabs } from '../places/places-tabs.js';
import { ImportsView } from './imports-view.js';

/** Files of places, clients and stays. */
export function Component() {
  return <ImportsView door={importDoor} tabs={<PlacesTabs />} />;
}
