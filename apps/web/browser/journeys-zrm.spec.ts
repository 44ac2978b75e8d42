import { calibrationJourney } from './journeys/calibration.ts';
import { deadlinesJourney } from './journeys/deadlines.ts';
import { demoDateJourney } from './journeys/demo-date.ts';
import { englishJourney } from './journeys/english.ts';
import { importJourney } from './journeys/imports.ts';
import { operatorJourney } from './journeys/operator.ts';
import { settingsJourney } from './journeys/settings.ts';
import { zrmJourney } from './journeys/zrm.ts';
import { zrmDropJourney } from './journeys/zrm-drop.ts';
import { zrmKeptJourney } from './journeys/zrm-kept.ts';
import { zrmListsJourney } from './journeys/zrm-lists.ts';
import { play } from './play.ts';

play('journeys with the ZRM, and of who looks after the system', [
  importJourney,
  operatorJourney,
  deadlinesJourney,
  settingsJourney,
  englishJourney,
  zrmJourney,
  zrmDropJourney,
  zrmKeptJourney,
  calibrationJourney,
  zrmListsJourney,
  // From here on it is another day for everybody.
  demoDateJourney,
]);
