import type { Labels } from '../code-labels.js';
import type {
  CalibrationCaseKind,
  CalibrationEventKind,
  CalibrationReopenReason,
  CalibrationState,
  DomainStanding,
  DueChange,
  DueKind,
  DueSettlement,
  DueStart,
  HiddenFigureReason,
  Incomparability,
  MeasurementCorrectionReason,
  MeasurementKind,
  MeasurementOrigin,
  MeasurementQuestion,
  MeasurementState,
  Participant,
  ProgressDirection,
  ProgressFindingKind,
  ReminderAudience,
  ReminderCancellation,
  WeightAnswer,
  WeightFactor,
  ZrmWorklist,
} from './codes.js';

// Names of the codes of the ZRM for people: Dutch at B1, and English. Levels and domains have theirs in their version.

export const measurementKindLabels: Labels<MeasurementKind> = {
  baseline: { nl: 'Nulmeting', en: 'Baseline' },
  target: { nl: 'Doelscore', en: 'Target' },
  periodic: { nl: 'Tussenmeting', en: 'Periodic measurement' },
  final: { nl: 'Eindmeting', en: 'Final measurement' },
};

export const measurementStateLabels: Labels<MeasurementState> = {
  draft: { nl: 'Concept', en: 'Draft' },
  submitted: { nl: 'Ingediend', en: 'Submitted' },
  corrected: { nl: 'Verbeterd', en: 'Corrected' },
};

export const measurementOriginLabels: Labels<MeasurementOrigin> = {
  form: { nl: 'Hier ingevuld', en: 'Filled in here' },
  import: { nl: 'Uit een bestand', en: 'From a file' },
};

export const weightFactorLabels: Labels<WeightFactor> = {
  insurance: { nl: 'Verzekering', en: 'Insurance' },
  cognition: { nl: 'Begrijpen en leren', en: 'Cognition' },
  'command-of-dutch': { nl: 'Beheersing van het Nederlands', en: 'Command of Dutch' },
  'digital-skill': { nl: 'Digitale vaardigheid', en: 'Digital skill' },
  travel: { nl: 'Reizen', en: 'Travel' },
  'work-exemption': { nl: 'Ontheffing van werk', en: 'Exemption from work' },
  children: { nl: 'Kinderen', en: 'Children' },
};

export const weightAnswerLabels: Labels<WeightAnswer> = {
  'plays-a-part': { nl: 'Speelt mee', en: 'Plays a part' },
  'plays-no-part': { nl: 'Speelt niet mee', en: 'Plays no part' },
  unknown: { nl: 'Niet bekend', en: 'Not known' },
};

export const participantLabels: Labels<Participant> = {
  client: { nl: 'Cliënt', en: 'Client' },
  network: { nl: 'Familie of vrienden', en: 'Family or friends' },
  colleague: { nl: 'Collega', en: 'Colleague' },
  'other-professional': { nl: 'Andere hulpverlener', en: 'Other professional' },
};

export const measurementCorrectionReasonLabels: Labels<MeasurementCorrectionReason> = {
  'typing-error': { nl: 'Typefout', en: 'Typing error' },
  'wrong-date': { nl: 'Verkeerde datum', en: 'Wrong date' },
  'information-came-later': { nl: 'Informatie kwam later', en: 'Information came later' },
  other: { nl: 'Anders', en: 'Other' },
};

export const measurementQuestionLabels: Labels<MeasurementQuestion> = {
  'target-below-baseline': {
    nl: 'De doelscore is lager dan de nulmeting. Klopt dat?',
    en: 'The target is lower than the baseline. Is that right?',
  },
  'baseline-again': {
    nl: 'Er is al een nulmeting sinds de aankomst. Begint de vergelijking opnieuw?',
    en: 'There is a baseline since the arrival already. Does the comparison start anew?',
  },
};

export const incomparabilityLabels: Labels<Incomparability> = {
  split: { nl: 'Is verdeeld over meer domeinen', en: 'Was split over several domains' },
  merged: { nl: 'Is een deel van een ander domein', en: 'Is part of another domain' },
  absent: { nl: 'Bestaat niet in de andere versie', en: 'Does not exist in the other version' },
};

export const domainStandingLabels: Labels<DomainStanding> = {
  'not-assessed': { nl: 'Niet beoordeeld', en: 'Not assessed' },
  'target-reached': { nl: 'Doel bereikt', en: 'Target reached' },
  'no-target': { nl: 'Geen doelscore', en: 'No target' },
  'no-baseline': { nl: 'Geen nulmeting', en: 'No baseline' },
  'above-baseline': { nl: 'Hoger dan de nulmeting', en: 'Above the baseline' },
  'at-baseline': { nl: 'Gelijk aan de nulmeting', en: 'At the baseline' },
  'below-baseline': { nl: 'Lager dan de nulmeting', en: 'Below the baseline' },
};

export const progressDirectionLabels: Labels<ProgressDirection> = {
  up: { nl: 'Vooruit', en: 'Up' },
  same: { nl: 'Gelijk', en: 'Same' },
  down: { nl: 'Achteruit', en: 'Down' },
  mixed: { nl: 'Wisselend', en: 'Mixed' },
  unknown: { nl: 'Nog niet te zeggen', en: 'Not known yet' },
};

export const progressFindingKindLabels: Labels<ProgressFindingKind> = {
  drop: { nl: 'Terugval', en: 'Drop' },
  stagnation: { nl: 'Stagnatie', en: 'Stagnation' },
  'target-reached': { nl: 'Doel bereikt', en: 'Target reached' },
};

export const zrmWorklistLabels: Labels<ZrmWorklist> = {
  late: { nl: 'Te laat', en: 'Late' },
  due: { nl: 'Binnenkort', en: 'Due soon' },
  changed: { nl: 'Veranderd', en: 'Changed' },
  incomplete: { nl: 'Zonder nulmeting of doelscore', en: 'Without a baseline or a target' },
  'no-baseline': { nl: 'Zonder nulmeting', en: 'Without a baseline' },
  'no-target': { nl: 'Zonder doelscore', en: 'Without a target' },
  all: { nl: 'Iedereen', en: 'Everybody' },
};

export const dueKindLabels: Labels<DueKind> = {
  baseline: { nl: 'Nulmeting', en: 'Baseline' },
  target: { nl: 'Doelscore', en: 'Target' },
  periodic: { nl: 'Volgende ZRM', en: 'Next ZRM' },
};

export const dueStartLabels: Labels<DueStart> = {
  arrival: { nl: 'Aankomst', en: 'Arrival' },
  'previous-zrm': { nl: 'Vorige ZRM', en: 'Previous ZRM' },
  return: { nl: 'Terug van verlof', en: 'Return from leave' },
};

export const reminderCancellationLabels: Labels<ReminderCancellation> = {
  'filled-in': { nl: 'ZRM is ingevuld', en: 'ZRM was filled in' },
  left: { nl: 'Cliënt is vertrokken', en: 'Client left' },
  'on-leave': { nl: 'Cliënt is met verlof', en: 'Client is on leave' },
  postponed: { nl: 'Uitgesteld na verlof', en: 'Put off after leave' },
  overtaken: { nl: 'Ingehaald door een latere herinnering', en: 'Overtaken by a later reminder' },
};

export const reminderAudienceLabels: Labels<ReminderAudience> = {
  clientmanager: { nl: 'Cliëntmanager', en: 'Client manager' },
  trajectregisseur: { nl: 'Trajectregisseur', en: 'Trajectory director' },
};

export const dueChangeLabels: Labels<DueChange> = {
  ahead: { nl: 'Herinnering vooraf', en: 'Reminder ahead' },
  'on-time': { nl: 'Herinnering op de dag zelf', en: 'Reminder on the day' },
  late: { nl: 'Herinnering achteraf', en: 'Reminder afterwards' },
  settled: { nl: 'Niet meer nodig', en: 'No longer needed' },
};

export const dueSettlementLabels: Labels<DueSettlement> = {
  'filled-in': { nl: 'ZRM is ingevuld', en: 'ZRM was filled in' },
  left: { nl: 'Cliënt is vertrokken', en: 'Client left' },
  final: { nl: 'Eindmeting is gedaan', en: 'Final measurement was done' },
  postponed: { nl: 'Uitgesteld na verlof', en: 'Put off after leave' },
  withdrawn: { nl: 'Teruggedraaid', en: 'Taken back' },
};

export const hiddenFigureReasonLabels: Labels<HiddenFigureReason> = {
  'too-few-raters': { nl: 'Te weinig beoordelaars', en: 'Too few raters' },
  'too-few-subjects': { nl: 'Te weinig beoordelingen', en: 'Too few assessments' },
  'no-variation': { nl: 'Geen verschil tussen de beoordeelde cliënten', en: 'No difference between those assessed' },
  'one-level': { nl: 'Een van de twee gaf overal hetzelfde niveau', en: 'One of the two gave all the same level' },
};

export const calibrationCaseKindLabels: Labels<CalibrationCaseKind> = {
  client: { nl: 'Cliënt', en: 'Client' },
  vignette: { nl: 'Vignet', en: 'Vignette' },
};

export const calibrationStateLabels: Labels<CalibrationState> = {
  open: { nl: 'Open', en: 'Open' },
  closed: { nl: 'Gesloten', en: 'Closed' },
};

export const calibrationEventKindLabels: Labels<CalibrationEventKind> = {
  planned: { nl: 'Gepland', en: 'Planned' },
  invited: { nl: 'Beoordelaars uitgenodigd', en: 'Raters invited' },
  withdrawn: { nl: 'Uitnodiging ingetrokken', en: 'Invitation withdrawn' },
  completed: { nl: 'Iedereen heeft beoordeeld', en: 'Everybody scored' },
  closed: { nl: 'Gesloten', en: 'Closed' },
  reopened: { nl: 'Opnieuw geopend', en: 'Opened again' },
};

export const calibrationReopenReasonLabels: Labels<CalibrationReopenReason> = {
  'rater-missing': { nl: 'Er miste een beoordelaar', en: 'A rater was missing' },
  'scored-wrongly': { nl: 'Er is iets verkeerd ingevuld', en: 'Something was filled in wrongly' },
  'closed-too-early': { nl: 'Te vroeg gesloten', en: 'Closed too early' },
  other: { nl: 'Anders', en: 'Other' },
};
