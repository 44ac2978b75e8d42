import { afterAll, beforeAll, describe } from '@jest/globals';
import { attentionJourney } from './journeys/attention.ts';
import { besideJourney } from './journeys/beside.ts';
import { boardJourney } from './journeys/board.ts';
import { calibrationJourney } from './journeys/calibration.ts';
import { calendarJourney } from './journeys/calendar.ts';
import { colleaguesJourney } from './journeys/colleagues.ts';
import { connectionJourney } from './journeys/connection.ts';
import { demoDateJourney } from './journeys/demo-date.ts';
import { duplicatesJourney } from './journeys/duplicates.ts';
import { englishJourney } from './journeys/english.ts';
import { importJourney } from './journeys/imports.ts';
import { inboxJourney } from './journeys/inbox.ts';
import { keyboardJourney } from './journeys/keyboard.ts';
import { mainJob } from './journeys/main-job.ts';
import { operatorJourney } from './journeys/operator.ts';
import { plansJourney } from './journeys/plans.ts';
import { pointerJourney } from './journeys/pointer.ts';
import { settingsJourney } from './journeys/settings.ts';
import { zrmJourney } from './journeys/zrm.ts';
import { zrmListsJourney } from './journeys/zrm-lists.ts';
import { Stage } from './stage.ts';

/** What people do from beginning to end, in a real browser on one real system. Each new state is looked at with axe. */
describe('journeys', () => {
  let stage: Stage | undefined;
  const running = (): Stage => {
    if (stage === undefined) throw new Error('the system has not started');
    return stage;
  };

  beforeAll(async () => {
    stage = await Stage.start();
  }, 180_000);

  afterAll(async () => stage?.close(), 60_000);

  mainJob(running);
  keyboardJourney(running);
  inboxJourney(running);
  attentionJourney(running);
  pointerJourney(running);
  boardJourney(running);
  duplicatesJourney(running);
  plansJourney(running);
  importJourney(running);
  operatorJourney(running);
  besideJourney(running);
  settingsJourney(running);
  calendarJourney(running);
  colleaguesJourney(running);
  englishJourney(running);
  zrmJourney(running);
  calibrationJourney(running);
  zrmListsJourney(running);
  connectionJourney(running);
  // From here on it is another day for everybody.
  demoDateJourney(running);
});
