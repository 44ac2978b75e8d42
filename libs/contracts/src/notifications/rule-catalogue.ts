import {
  dueChanges,
  dueKinds,
  measurementKinds,
  progressFindingKinds,
  reminderAudiences,
} from '../assessment/codes.js';
import {
  cancellationReasons,
  correctionReasons,
  departureDestinations,
  departureReasons,
  housingChangeKinds,
  leaveReasons,
} from '../codes.js';
import { type RecipientRelation, recipientRelations } from './codes.js';

/** What a rule can be about: an event, what it can be narrowed down to, and who can be reached by it. */
export interface RuleEvent {
  eventType: string;
  name: { nl: string; en: string };
  /** Kinds of the event, as meldingen and rules name them. */
  kinds: readonly string[];
  /** Codes that such an event can carry: reasons and destinations. */
  codes: readonly string[];
  /** Recipients that the event can lead to; one without a place leads to no representative. */
  relations: readonly RecipientRelation[];
  /** The heart of the system (domain.md §3): every kind of it must reach a regisseur or the fallback. */
  mustReachSomebody: boolean;
  /** It has a ladder of its own: its meldingen are not reminded of or brought further by themselves. */
  remindsByItself?: boolean;
}

/** The event that every rule set must bring to a regisseur, whatever its kind. */
export const HOUSING_EVENT = 'nl.doorstroom.registration.housing-situation-changed.v1';

/** Code of a ZRM with remarks that somebody should want to discuss, beside the kinds of findings. */
export const PARTICULARS = 'particulars';

/** The catalogue of events that rules choose from. */
export const ruleCatalogue: readonly RuleEvent[] = [
  {
    eventType: HOUSING_EVENT,
    name: { nl: 'De woonsituatie van een cliënt verandert', en: 'The housing situation of a client changes' },
    kinds: housingChangeKinds,
    codes: [
      ...new Set([
        ...departureReasons,
        ...departureDestinations,
        ...leaveReasons,
        ...correctionReasons,
        ...cancellationReasons,
      ]),
    ],
    relations: recipientRelations,
    mustReachSomebody: true,
  },
  {
    eventType: 'nl.doorstroom.registration.waiting-list-changed.v1',
    name: { nl: 'Er gebeurt iets op de wachtlijst', en: 'Something happens on the waiting list' },
    kinds: ['registered', 'offered', 'accepted', 'declined', 'expired', 'withdrawn'],
    codes: [],
    relations: ['regisseur-of-cluster', 'regisseur-of-client', 'representative-of-place', 'coordinator'],
    mustReachSomebody: false,
  },
  {
    eventType: 'nl.doorstroom.registration.client-changed.v1',
    name: { nl: 'De gegevens van een cliënt veranderen', en: 'The data of a client change' },
    kinds: ['registered', 'changed', 'merged', 'unmerged'],
    codes: [],
    relations: ['regisseur-of-client', 'coordinator'],
    mustReachSomebody: false,
  },
  {
    eventType: 'nl.doorstroom.assessment.zrm-due-changed.v1',
    name: { nl: 'Een ZRM moet worden ingevuld', en: 'A ZRM has to be filled in' },
    kinds: dueChanges.filter((change) => change !== 'settled'),
    codes: [...dueKinds, ...reminderAudiences],
    relations: ['regisseur-of-cluster', 'regisseur-of-client', 'representative-of-place', 'coordinator'],
    mustReachSomebody: false,
    remindsByItself: true,
  },
  {
    eventType: 'nl.doorstroom.assessment.zrm-submitted.v1',
    name: { nl: 'Een ZRM is ingevuld of verbeterd', en: 'A ZRM was filled in or corrected' },
    kinds: measurementKinds,
    codes: [PARTICULARS, ...progressFindingKinds],
    relations: ['regisseur-of-cluster', 'regisseur-of-client', 'representative-of-place', 'coordinator'],
    mustReachSomebody: false,
  },
];

/** Whether meldingen of an event are reminded of by the event itself. */
export function remindsByItself(eventType: string): boolean {
  return ruleCatalogue.some((event) => event.eventType === eventType && event.remindsByItself === true);
}
