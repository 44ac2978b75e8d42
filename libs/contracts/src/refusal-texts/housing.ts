import type { RefusalText } from './refusal-text.js';

/** Refusals of the housing ledger and of the places (domain.md §3). */
export const housingRefusals = {
  'unknown-place': { status: 422, nl: 'Deze plek bestaat niet.', en: 'This place does not exist.' },
  'unknown-stay': {
    status: 422,
    nl: 'Dit verblijf bestaat niet bij deze cliënt.',
    en: 'This client has no such stay.',
  },
  'unknown-reservation': {
    status: 422,
    nl: 'Deze reservering bestaat niet bij deze cliënt, of is al gebruikt.',
    en: 'This client has no such reservation, or it was used already.',
  },
  'unknown-leave': { status: 422, nl: 'Dit verlof bestaat niet bij dit verblijf.', en: 'This stay has no such leave.' },
  'unknown-change': {
    status: 422,
    nl: 'Deze wijziging bestaat niet bij deze cliënt.',
    en: 'This client has no such change.',
  },
  'place-occupied': {
    status: 409,
    nl: '{place} is bezet: {period}. Kies een andere plek of andere datums.',
    en: '{place} is occupied: {period}. Choose another place or other dates.',
  },
  'place-reserved': {
    status: 409,
    nl: '{place} is gereserveerd: {period}. Kies een andere plek of andere datums.',
    en: '{place} is reserved: {period}. Choose another place or other dates.',
  },
  'place-offered': {
    status: 409,
    nl: '{place} is tot en met {date} aangeboden aan iemand op de wachtlijst. Trek dat aanbod eerst in.',
    en: '{place} is offered to someone on the waiting list, until and including {date}. Withdraw that offer first.',
  },
  'place-closed': {
    status: 409,
    nl: '{place} is niet de hele tijd open. De plek is open: {period}.',
    en: '{place} is not open all that time. The place is open: {period}.',
  },
  'place-in-use': {
    status: 409,
    nl: '{place} kan dan niet dicht: er is een verblijf of reservering {period}.',
    en: '{place} cannot close then: there is a stay or reservation {period}.',
  },
  'client-already-housed': {
    status: 409,
    nl: 'De cliënt verblijft dan al op een plek: {period}. Leg een verhuizing vast, of pas dat verblijf eerst aan.',
    en: 'The client already stays on a place then: {period}. Record a move, or change that stay first.',
  },
  'client-already-reserved': {
    status: 409,
    nl: 'Voor de cliënt is dan al een plek gereserveerd: {period}.',
    en: 'A place is already reserved for the client then: {period}.',
  },
  'client-of-other-institution': {
    status: 409,
    nl: 'Deze cliënt is bij een andere instelling. Vraag die instelling of de trajectregisseur om de verhuizing vast te leggen, of reserveer de plek.',
    en: 'This client is with another institution. Ask that institution or the trajectregisseur to record the move, or reserve the place.',
  },
  'reservation-needs-other-side': {
    status: 409,
    nl: 'Deze reservering kan niet. Vraag de instelling van de cliënt of de trajectregisseur om de plek te reserveren.',
    en: "This reservation is not possible. Ask the client's institution or the trajectregisseur to reserve the place.",
  },
  'client-not-housed': {
    status: 409,
    nl: 'De cliënt verblijft op {date} op geen enkele plek.',
    en: 'The client does not stay on any place on {date}.',
  },
  'client-merged-away': {
    status: 409,
    nl: 'Dit dossier is samengevoegd met een ander. Leg de wijziging daar vast.',
    en: 'This file was merged into another. Record the change there.',
  },
  'client-deceased': {
    status: 409,
    nl: 'De cliënt is overleden. Na {date} kan niets meer worden vastgelegd.',
    en: 'The client has died. Nothing can be recorded after {date}.',
  },
  'arrival-in-future': {
    status: 422,
    nl: 'Deze datum ligt in de toekomst. Maak een reservering.',
    en: 'This date is in the future. Make a reservation.',
  },
  'reservation-in-past': {
    status: 422,
    nl: 'Een reservering begint na vandaag. Leg een aankomst of verhuizing vast.',
    en: 'A reservation starts after today. Record an arrival or a move.',
  },
  'return-in-future': {
    status: 422,
    nl: 'De dag van terugkomst ligt in de toekomst. Vul een verwachte datum in.',
    en: 'The day of return is in the future. Fill in an expected date.',
  },
  'death-in-future': {
    status: 422,
    nl: 'De datum van overlijden kan niet in de toekomst liggen.',
    en: 'The date of death cannot be in the future.',
  },
  'death-mismatch': {
    status: 422,
    nl: 'Reden en bestemming passen niet bij elkaar. Bij overlijden zijn ze allebei "overleden".',
    en: 'Reason and destination do not fit together: for a death both are "deceased".',
  },
  'stay-after-death': {
    status: 409,
    nl: 'Na deze datum is nog een verblijf vastgelegd: {period}. Herstel dat eerst.',
    en: 'A stay is recorded after this date: {period}. Correct that first.',
  },
  'before-birth': {
    status: 422,
    nl: 'Deze datum ligt voor de geboorte van de cliënt.',
    en: 'This date is before the birth of the client.',
  },
  'move-to-same-place': {
    status: 422,
    nl: 'De cliënt verblijft al op {place}. Kies een andere plek.',
    en: 'The client already stays on {place}. Choose another place.',
  },
  'place-differs-from-reservation': {
    status: 422,
    nl: 'De reservering is voor een andere plek.',
    en: 'The reservation is for another place.',
  },
  'stay-is-reservation': {
    status: 422,
    nl: 'Dit is een reservering, nog geen verblijf.',
    en: 'This is a reservation, not a stay yet.',
  },
  'stay-already-ended': {
    status: 409,
    nl: 'Dit verblijf eindigde al op {date}. Klopt dat niet? Verbeter dan het verblijf.',
    en: 'This stay already ended on {date}. Change it with a correction.',
  },
  'leave-outside-stay': {
    status: 422,
    nl: 'Het verlof valt niet helemaal binnen het verblijf: {period}.',
    en: 'The leave does not lie within the stay: {period}.',
  },
  'leave-overlaps': {
    status: 409,
    nl: 'De cliënt is dan al met verlof: {period}.',
    en: 'The client is already on leave then: {period}.',
  },
  'not-on-leave': {
    status: 409,
    nl: 'De cliënt is op {date} niet met verlof.',
    en: 'The client is not on leave on {date}.',
  },
  'nothing-to-correct': {
    status: 422,
    nl: 'Er is niets veranderd. Vul in wat anders moet zijn.',
    en: 'There is nothing new in this correction.',
  },
  'change-built-upon': {
    status: 409,
    nl: 'Deze wijziging kan niet meer ongedaan worden gemaakt: er is later iets aan veranderd (versie {version}). Maak dat eerst ongedaan.',
    en: 'This change cannot be undone: something changed on top of it (version {version}). Undo that first.',
  },
  'undo-not-own-change': {
    status: 403,
    nl: 'Je kunt alleen je eigen laatste wijziging ongedaan maken. Verbeter anders het verblijf.',
    en: 'You can only undo your own last change. Record a correction otherwise.',
  },
  'undo-not-last-change': {
    status: 409,
    nl: 'Er is daarna nog iets gewijzigd (versie {version}). Je kunt alleen de laatste wijziging ongedaan maken.',
    en: 'Something was changed after it (version {version}). Only the last change can be undone.',
  },
  'period-too-long': {
    status: 422,
    nl: 'Deze periode is te lang. Kies hoogstens {days} dagen.',
    en: 'This period is too long. Choose at most {days} days.',
  },
  'period-in-future': {
    status: 422,
    nl: 'Nachten tellen pas als ze voorbij zijn. Kies een periode tot en met gisteren.',
    en: 'Nights only count once they have passed. Choose a period up to yesterday.',
  },
  'stay-not-ended': {
    status: 409,
    nl: 'Dit verblijf heeft geen einddatum.',
    en: 'This stay has no end date.',
  },
  'stay-ended-by-move': {
    status: 409,
    nl: 'Dit verblijf eindigt door een verhuizing. Maak de verhuizing ongedaan.',
    en: 'This stay ends by a move. Undo the move.',
  },
  'merge-not-cancellable': {
    status: 409,
    nl: 'Dit is een samenvoeging van dossiers. Draai die terug bij het samengevoegde dossier.',
    en: 'This is a merge of files. Take it back at the merged file.',
  },
  'swap-needs-two-clients': {
    status: 422,
    nl: 'Ruilen kan alleen tussen twee verschillende cliënten.',
    en: 'Only two different clients can swap.',
  },
  'merge-overlap': {
    status: 409,
    nl: 'Samenvoegen kan niet: beide dossiers hebben een verblijf in dezelfde tijd: {period}. Herstel een van beide eerst.',
    en: 'Merging is not possible: both files have a stay at the same time: {period}. Correct one of them first.',
  },
} as const satisfies Record<string, RefusalText>;
