/** Codes of the Zelfredzaamheid-Matrix, ZRM (domain.md §4). Codes never change meaning; new ones may be added. */

/** Levels of self-sufficiency, from acute problems to fully self-sufficient; whole levels only. */
export const zrmLevels = [1, 2, 3, 4, 5] as const;
export type ZrmLevel = (typeof zrmLevels)[number];

/** True for a whole level from 1 to 5. */
export function isZrmLevel(value: unknown): value is ZrmLevel {
  return zrmLevels.some((level) => level === value);
}

/** What a domain has when nobody could say a level: it neither moves nor stands still. */
export const NOT_ASSESSED = 'not-assessed';

/** A level, or that it was not assessed. */
export type ZrmScore = ZrmLevel | typeof NOT_ASSESSED;

/**
 * What a filled-in ZRM is for. `baseline` (nulmeting), `periodic` and `final` (eindmeting) say how things are; `target`
 * (doelscore) is a virtual future score and says nothing about the present.
 */
export const measurementKinds = ['baseline', 'target', 'periodic', 'final'] as const;
export type MeasurementKind = (typeof measurementKinds)[number];

/** `corrected`: submitted, and changed afterwards within the term; what stood before is kept. */
export const measurementStates = ['draft', 'submitted', 'corrected'] as const;
export type MeasurementState = (typeof measurementStates)[number];

/** How a ZRM came in: filled in with us, or from a file of the institution. */
export const measurementOrigins = ['form', 'import'] as const;
export type MeasurementOrigin = (typeof measurementOrigins)[number];

/** The seven weight factors that are noted beside the scores. */
export const weightFactors = [
  'insurance',
  'cognition',
  'command-of-dutch',
  'digital-skill',
  'travel',
  'work-exemption',
  'children',
] as const;
export type WeightFactor = (typeof weightFactors)[number];

/** Whether a weight factor plays a part for this client. */
export const weightAnswers = ['plays-a-part', 'plays-no-part', 'unknown'] as const;
export type WeightAnswer = (typeof weightAnswers)[number];

/** Who was there when the ZRM was filled in, besides the one who filled it in. */
export const participants = ['client', 'network', 'colleague', 'other-professional'] as const;
export type Participant = (typeof participants)[number];

/** Why a submitted ZRM is corrected. */
export const measurementCorrectionReasons = ['typing-error', 'wrong-date', 'information-came-later', 'other'] as const;
export type MeasurementCorrectionReason = (typeof measurementCorrectionReasons)[number];

/** What is possible but unusual: it is asked before the ZRM is submitted. */
export const measurementQuestions = ['target-below-baseline', 'baseline-again'] as const;
export type MeasurementQuestion = (typeof measurementQuestions)[number];

/** Why scores of two versions of the ZRM cannot be set side by side. Seen from the version that one comes from. */
export const incomparabilities = ['split', 'merged', 'absent'] as const;
export type Incomparability = (typeof incomparabilities)[number];

/** Where a domain stands between baseline and target. */
export const domainStandings = [
  'not-assessed',
  'target-reached',
  'no-target',
  'no-baseline',
  'above-baseline',
  'at-baseline',
  'below-baseline',
] as const;
export type DomainStanding = (typeof domainStandings)[number];

/** Which way the last assessment went. `mixed`: some domains up and others as much down; only of all domains together. */
export const progressDirections = ['up', 'same', 'down', 'mixed', 'unknown'] as const;
export type ProgressDirection = (typeof progressDirections)[number];

/** What a regisseur wants to know of a ZRM. */
export const progressFindingKinds = ['drop', 'stagnation', 'target-reached'] as const;
export type ProgressFindingKind = (typeof progressFindingKinds)[number];

/**
 * Lists of clients who need looking at. `late`: the date of a ZRM has passed. `due`: a date comes soon, and none has passed.
 * `changed`: the latest ZRM gives reason to. `incomplete`: without baseline or target since the arrival.
 */
export const zrmWorklists = ['late', 'due', 'changed', 'incomplete', 'no-baseline', 'no-target', 'all'] as const;
export type ZrmWorklist = (typeof zrmWorklists)[number];

/** What has to be filled in at a date. */
export const dueKinds = ['baseline', 'target', 'periodic'] as const;
export type DueKind = (typeof dueKinds)[number];

/** From when a due date counts: the arrival, the ZRM before, or the return from a long leave (decision 24). */
export const dueStarts = ['arrival', 'previous-zrm', 'return'] as const;
export type DueStart = (typeof dueStarts)[number];

/** Why a reminder that was planned is not sent. `overtaken`: a later step of the same ladder takes its place. */
export const reminderCancellations = ['filled-in', 'left', 'on-leave', 'postponed', 'overtaken'] as const;
export type ReminderCancellation = (typeof reminderCancellations)[number];

/** Who is reminded; both are found by relation, never by name (domain.md §9). */
export const reminderAudiences = ['clientmanager', 'trajectregisseur'] as const;
export type ReminderAudience = (typeof reminderAudiences)[number];

/**
 * What is told of a ZRM that is due: a reminder before its date, on it or after it; or that it is no longer waited for, after
 * it was reminded of.
 */
export const dueChanges = ['ahead', 'on-time', 'late', 'settled'] as const;
export type DueChange = (typeof dueChanges)[number];

/** Why a ZRM is no longer waited for. `withdrawn`: what it counted from was taken back. */
export const dueSettlements = ['filled-in', 'left', 'final', 'postponed', 'withdrawn'] as const;
export type DueSettlement = (typeof dueSettlements)[number];

/**
 * Why a figure of agreement is not shown. `no-variation`: nobody told the subjects apart, so nothing can be said. `one-level`:
 * one of two raters gave them all the same level; kappa would be 0 whatever the other gave, and seem certain of it.
 */
export const hiddenFigureReasons = ['too-few-raters', 'too-few-subjects', 'no-variation', 'one-level'] as const;
export type HiddenFigureReason = (typeof hiddenFigureReasons)[number];

/** What a calibration session (ijking) scores. `vignette`: a story that everybody reads, about nobody. */
export const calibrationCaseKinds = ['client', 'vignette'] as const;
export type CalibrationCaseKind = (typeof calibrationCaseKinds)[number];

/** `open`: raters score, each blind for the others; `closed`: all scores are seen. */
export const calibrationStates = ['open', 'closed'] as const;
export type CalibrationState = (typeof calibrationStates)[number];

/** What happens to a session. `completed`: it closed by itself, because the last scores came in. */
export const calibrationEventKinds = ['planned', 'invited', 'withdrawn', 'completed', 'closed', 'reopened'] as const;
export type CalibrationEventKind = (typeof calibrationEventKinds)[number];

/** Why a session is opened again. */
export const calibrationReopenReasons = ['rater-missing', 'scored-wrongly', 'closed-too-early', 'other'] as const;
export type CalibrationReopenReason = (typeof calibrationReopenReasons)[number];
