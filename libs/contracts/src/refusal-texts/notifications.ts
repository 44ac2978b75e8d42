import type { RefusalText } from './refusal-text.js';

/** Refusals about meldingen, caseloads and channels (domain.md §9). */
export const notificationRefusals = {
  'melding-not-open': {
    status: 409,
    nl: 'Dit kan niet meer met deze melding: die is al afgehandeld of overgedragen.',
    en: 'This is no longer possible with this melding: it was acknowledged or handed over.',
  },
  'melding-not-acknowledged': {
    status: 409,
    nl: 'Alleen een afgehandelde melding kan weer open.',
    en: 'Only an acknowledged melding can be opened again.',
  },
  'snooze-moment': {
    status: 422,
    nl: 'Kies een moment in de toekomst, hoogstens {days} dagen vooruit.',
    en: 'Choose a moment in the future, at most {days} days ahead.',
  },
  'hand-over-taken-up': {
    status: 409,
    nl: 'Je collega is al met deze melding bezig. Vraag je collega om hem terug te geven.',
    en: 'Your colleague is already working on this melding. Ask your colleague to hand it back.',
  },
  'hand-over-to-self': {
    status: 422,
    nl: 'Jij hebt deze melding al. Kies een collega.',
    en: 'You already have this melding. Choose a colleague.',
  },
  'hand-over-without-access': {
    status: 422,
    nl: 'Deze collega mag deze cliënt niet zien. Kies een collega met dezelfde toegang.',
    en: 'This colleague may not see this client. Choose a colleague with the same access.',
  },
  'person-unknown': {
    status: 422,
    nl: 'We kennen deze persoon niet, of die werkt hier niet meer.',
    en: 'We do not know this person, or they no longer work here.',
  },
  'cluster-unknown': {
    status: 422,
    nl: 'We kennen dit cluster niet.',
    en: 'We do not know this cluster.',
  },
  'not-a-regisseur': {
    status: 422,
    nl: 'Alleen een trajectregisseur kan een caseload hebben.',
    en: 'Only a trajectregisseur can have a caseload.',
  },
  'absence-overlaps': {
    status: 409,
    nl: 'Deze persoon is in die periode al afwezig: {period}.',
    en: 'There already is an absence of this person in this period ({period}).',
  },
  'absence-over': {
    status: 409,
    nl: 'Deze afwezigheid is al voorbij of ingetrokken.',
    en: 'This absence is already over or cancelled.',
  },
  'replacement-unfit': {
    status: 422,
    nl: 'Deze collega kan niet vervangen: kies iemand anders met dezelfde rol, die zelf niet al weg is.',
    en: 'This colleague cannot replace: choose somebody else with the same role, who is not away themselves.',
  },
  'rule-required': {
    status: 422,
    nl: 'Zo bereikt niet elke wijziging van de woonsituatie een regisseur: {kinds}. Maak eerst een andere regel die dat doet.',
    en: 'Then not every change of the housing situation reaches a regisseur: {kinds}. First make another rule that does.',
  },
  'rule-event-unknown': {
    status: 422,
    nl: 'Deze gebeurtenis kennen we niet. Kies er een uit de lijst.',
    en: 'We do not know this event. Choose one from the list.',
  },
  'rule-kind-unknown': {
    status: 422,
    nl: 'Dit soort komt bij deze gebeurtenis niet voor: {kind}.',
    en: 'This event has no such kind: {kind}.',
  },
  'rule-code-unknown': {
    status: 422,
    nl: 'Deze reden of bestemming komt bij deze gebeurtenis niet voor: {code}.',
    en: 'This event has no such reason or destination: {code}.',
  },
  'rule-recipients-missing': {
    status: 422,
    nl: 'Kies wie de melding krijgt.',
    en: 'Choose who gets the melding.',
  },
  'rule-relation-impossible': {
    status: 422,
    nl: 'Deze gebeurtenis gaat niet over een plek of cluster, dus zo vinden we niemand: {relation}.',
    en: 'This event is not about a place or cluster, so nobody can be found that way: {relation}.',
  },
  'rule-twice': {
    status: 409,
    nl: 'Een andere regel zegt dit al: {rule}. Pas die aan.',
    en: 'Another rule says this already: {rule}. Change that one.',
  },
  'email-address-missing': {
    status: 422,
    nl: 'Vul een e-mailadres in, of zet e-mail uit.',
    en: 'Fill in an e-mail address, or switch e-mail off.',
  },
  'webhook-url-unsafe': {
    status: 422,
    nl: 'Naar dit adres sturen we niet. Gebruik https en een adres dat van buiten te bereiken is.',
    en: 'We do not send to this address. Use https and an address that can be reached from outside.',
  },
  'webhook-secrets-many': {
    status: 409,
    nl: 'Er tekenen nu al {most} geheimen voor deze webhook. Wacht tot er een verloopt, of laat de oude meteen vervallen.',
    en: 'There are {most} secrets signing for this webhook now. Wait until one expires, or drop the old ones at once.',
  },
} as const satisfies Record<string, RefusalText>;
