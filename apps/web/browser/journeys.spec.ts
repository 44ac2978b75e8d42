import { attentionJourney } from './journeys/attention.ts';
import { besideJourney } from './journeys/beside.ts';
import { boardJourney } from './journeys/board.ts';
import { calendarJourney } from './journeys/calendar.ts';
import { colleaguesJourney } from './journeys/colleagues.ts';
import { connectionJourney } from './journeys/connection.ts';
import { duplicatesJourney } from './journeys/duplicates.ts';
import { inboxJourney } from './journeys/inbox.ts';
import { keyboardJourney } from './journeys/keyboard.ts';
import { mainJob } from './journeys/main-job.ts';
import { plansJourney } from './journeys/plans.ts';
import { pointerJourney } from './journeys/pointer.ts';
import { play } from './play.ts';

play('journeys with clients, places and meldingen', [
  mainJob,
  keyboardJourney,
  inboxJourney,
  attentionJourney,
  pointerJourney,
  boardJourney,
  duplicatesJourney,
  plansJourney,
  besideJourney,
  calendarJourney,
  colleaguesJourney,
  connectionJourney,
]);
