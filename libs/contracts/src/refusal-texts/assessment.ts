import type { RefusalText } from './refusal-text.js';

/** Refusals of the ZRM: filling in, correcting, and the data of its versions (domain.md §4). */
export const assessmentRefusals = {
  'zrm-version-unknown': {
    status: 422,
    nl: 'Deze versie van de ZRM is er niet. Kies uit: {allowed}.',
    en: 'This version of the ZRM does not exist. Choose from: {allowed}.',
  },
  'zrm-quarter-only': {
    status: 422,
    nl: 'Kies één heel kwartaal. Anders zijn cijfers over een paar cliënten te herleiden.',
    en: 'Choose one whole quarter. Otherwise figures about a few clients could be worked out.',
  },
  'zrm-quarter-not-yet': {
    status: 422,
    nl: 'De cijfers van dit kwartaal zijn er vanaf {date}. Eerder veranderen ze nog, en dan is te herleiden wat één cliënt deed.',
    en: 'The figures of this quarter are there from {date} on. Before, they still change, and what one client did could be worked out.',
  },
  'zrm-levels-fixed': {
    status: 422,
    nl: 'Je kunt geen dag kiezen. Deze cijfers worden per kwartaal vastgelegd, anders is te herleiden wat één cliënt deed.',
    en: 'No day can be chosen. These figures are fixed per quarter; otherwise what one client did could be worked out.',
  },
  'zrm-supplement-unknown': {
    status: 422,
    nl: 'Deze aanvulling op de ZRM is er niet. Kies uit: {allowed}.',
    en: 'This supplement to the ZRM does not exist. Choose from: {allowed}.',
  },
  'zrm-domain-unknown': {
    status: 422,
    nl: 'Dit domein staat niet in de ZRM {version}.',
    en: 'This domain is not in the ZRM {version}.',
  },
  'zrm-domain-twice': {
    status: 422,
    nl: 'Dit domein staat er al. Elk domein krijgt één niveau.',
    en: 'This domain is there already. Each domain gets one level.',
  },
  'zrm-level-invalid': {
    status: 422,
    nl: 'Kies een heel niveau van 1 tot en met 5, of kies niet beoordeeld.',
    en: 'Choose a whole level from 1 to 5, or choose not assessed.',
  },
  'zrm-score-missing': {
    status: 422,
    nl: 'Kies een niveau, of kies niet beoordeeld.',
    en: 'Choose a level, or choose not assessed.',
  },
  'zrm-nothing-assessed': {
    status: 422,
    nl: 'Geen enkel domein heeft een niveau. Vul er minstens één in.',
    en: 'Not one domain has a level. Fill in at least one.',
  },
  'zrm-weight-factor-twice': {
    status: 422,
    nl: 'Deze weegfactor staat er al.',
    en: 'This weight factor is there already.',
  },
  'zrm-date-missing': {
    status: 422,
    nl: 'Vul in op welke dag deze ZRM is afgenomen.',
    en: 'Fill in on which day this ZRM was taken.',
  },
  'zrm-date-in-future': {
    status: 422,
    nl: 'Deze datum ligt in de toekomst. Een ZRM gaat over de dagen tot en met vandaag.',
    en: 'This date is in the future. A ZRM is about the days until today.',
  },
  'zrm-date-before-arrival': {
    status: 422,
    nl: 'De cliënt kwam pas op {date}. Kies die dag of een latere.',
    en: 'The client came on {date}. Choose that day or a later one.',
  },
  'zrm-date-not-housed': {
    status: 422,
    nl: 'De cliënt woonde op {date} niet in de keten.',
    en: 'The client did not live in the chain on {date}.',
  },
  'zrm-date-taken': {
    status: 409,
    nl: 'Er is al een ZRM van {date}. Verbeter die, of kies een andere dag.',
    en: 'There is a ZRM of {date} already. Correct that one, or choose another day.',
  },
  'zrm-already-submitted': {
    status: 409,
    nl: 'Deze ZRM is al ingediend. Wat niet klopt, kun je verbeteren.',
    en: 'This ZRM was submitted already. What is wrong can be corrected.',
  },
  'zrm-still-draft': {
    status: 409,
    nl: 'Deze ZRM is nog een concept. Pas het concept zelf aan.',
    en: 'This ZRM is still a draft. Change the draft itself.',
  },
  'zrm-correction-term-over': {
    status: 409,
    nl: 'Verbeteren kon tot en met {date}. Vul een nieuwe ZRM in.',
    en: 'Correcting was possible until {date}. Fill in a new ZRM.',
  },
  'zrm-correction-empty': {
    status: 422,
    nl: 'Er is niets veranderd.',
    en: 'Nothing was changed.',
  },
  'zrm-too-many-corrections': {
    status: 409,
    nl: 'Deze ZRM is zo vaak verbeterd dat er niets meer bij past. Vul een nieuwe ZRM in.',
    en: 'This ZRM was corrected so often that nothing more fits. Fill in a new ZRM.',
  },
  'zrm-target-below-baseline': {
    status: 422,
    nl: 'De doelscore is {target}, en de nulmeting is {baseline}. Het doel ligt dus lager.',
    en: 'The target is {target}, and the baseline is {baseline}. So the target is lower.',
  },
  'zrm-baseline-again': {
    status: 422,
    nl: 'Er is al een nulmeting van {date}. De vergelijking begint opnieuw.',
    en: 'There is a baseline of {date} already. The comparison starts anew.',
  },
  'zrm-rule-twice': { status: 422, nl: 'De regel {rule} staat er twee keer.', en: 'The rule {rule} is there twice.' },
  'zrm-too-many-copies': {
    status: 409,
    nl: 'Van dit concept zijn al {max} versies apart bewaard. Dien het concept in, of gooi het weg.',
    en: 'Of this draft {max} copies are kept already. Submit the draft, or throw it away.',
  },
  'zrm-levels-not-five': {
    status: 422,
    nl: 'Hier horen precies de niveaus 1 tot en met 5.',
    en: 'Here belong exactly the levels 1 to 5.',
  },
  'zrm-code-form': {
    status: 422,
    nl: 'Schrijf een code met kleine letters en cijfers, met streepjes ertussen.',
    en: 'Write a code in small letters and digits, with dashes between them.',
  },
  'zrm-code-twice': { status: 422, nl: 'De code {code} staat er twee keer.', en: 'The code {code} is there twice.' },
  'zrm-name-twice': { status: 422, nl: 'De naam {name} staat er twee keer.', en: 'The name {name} is there twice.' },
  'zrm-text-domain-missing': {
    status: 422,
    nl: 'Het domein {domain} ontbreekt.',
    en: 'The domain {domain} is missing.',
  },
  'zrm-texts-not-json': {
    status: 422,
    nl: 'Dit is geen JSON met een lijst van domeinen.',
    en: 'This is not JSON with a list of domains.',
  },
  'due-term-empty': {
    status: 422,
    nl: 'Geef een termijn van minstens één dag.',
    en: 'Give a term of one day at least.',
  },
  'due-ladder-order': {
    status: 422,
    nl: 'Zet de stappen op volgorde van dag, elk op een andere dag.',
    en: 'Put the steps in order of day, each on another day.',
  },
  'due-step-twice': { status: 422, nl: 'De stap {step} staat er twee keer.', en: 'The step {step} is there twice.' },
  'due-settings-same': { status: 422, nl: 'Er is niets veranderd.', en: 'Nothing was changed.' },
  'calibration-raters-too-few': {
    status: 422,
    nl: 'Een ijking heeft minstens twee beoordelaars.',
    en: 'A calibration has two raters at least.',
  },
  'calibration-raters-too-many': {
    status: 422,
    nl: 'Een ijking heeft hoogstens {max} beoordelaars.',
    en: 'A calibration has {max} raters at most.',
  },
  'calibration-rater-twice': {
    status: 422,
    nl: 'Deze beoordelaar is al uitgenodigd.',
    en: 'This rater was invited already.',
  },
  'calibration-rater-scored': {
    status: 409,
    nl: 'Deze beoordelaar heeft al beoordeeld. De uitnodiging kan niet meer worden ingetrokken.',
    en: 'This rater scored already. The invitation can no longer be withdrawn.',
  },
  'calibration-client-twice': {
    status: 422,
    nl: 'Deze cliënt staat er al bij.',
    en: 'This client is there already.',
  },
  'calibration-date-past': {
    status: 422,
    nl: 'Deze dag is voorbij. Kies vandaag of een latere dag.',
    en: 'This day is over. Choose today or a later day.',
  },
  'calibration-not-invited': {
    status: 403,
    nl: 'Je bent niet uitgenodigd om hier te beoordelen.',
    en: 'You were not invited to score here.',
  },
  'calibration-closed': {
    status: 409,
    nl: 'Deze ijking is gesloten. Een regisseur kan de ijking opnieuw openen.',
    en: 'This calibration is closed. A trajectory director can open it again.',
  },
  'calibration-still-open': {
    status: 409,
    nl: 'Deze ijking is nog open.',
    en: 'This calibration is still open.',
  },
} as const satisfies Record<string, RefusalText>;
