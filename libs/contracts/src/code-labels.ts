import type {
  CancellationReason,
  ChangeChannel,
  ContactRelation,
  CorrectionReason,
  DataQualityCheck,
  DepartureDestination,
  DepartureReason,
  DuplicateReason,
  FundingFrame,
  HousingChangeKind,
  HousingStatus,
  LeaveReason,
  OfferDeclineReason,
  OfferStatus,
  OrganisationKind,
  PlaceKind,
  PlaceState,
  Role,
  StayEndKind,
  StayState,
  WaitingEntryStatus,
  WaitingUrgency,
  WithdrawalReason,
  Zwaarte,
  ZwaarteMatch,
} from './codes.js';

/** Name of a code for people: Dutch at B1, and English. */
export interface Label {
  readonly nl: string;
  readonly en: string;
}

/** A name for each of a list of codes. */
export type Labels<Code extends string> = Readonly<Record<Code, Label>>;

export const roleLabels: Labels<Role> = {
  trajectregisseur: { nl: 'Trajectregisseur', en: 'Trajectory director' },
  clientmanager: { nl: 'Clientmanager', en: 'Client manager' },
  klantmanager: { nl: 'Klantmanager', en: 'Income and work manager' },
  ttcj_member: { nl: 'Lid TTC-J', en: 'Member of the TTC-J' },
  procesregisseur: { nl: 'Procesregisseur', en: 'Process director' },
  wijkteam: { nl: 'Professional wijkteam', en: 'Neighbourhood team professional' },
  teamondersteuner: { nl: 'Teamondersteuner', en: 'Team assistant' },
  zorgbegeleider: { nl: 'Zorgbegeleider', en: 'Care worker' },
  corporatie: { nl: 'Woningcorporatie', en: 'Housing corporation' },
  gemeente: { nl: 'Gemeente', en: 'Municipality' },
  beleid: { nl: 'Beleid', en: 'Policy' },
  beheerder: { nl: 'Beheerder', en: 'Operator' },
};

export const organisationKindLabels: Labels<OrganisationKind> = {
  institution: { nl: 'Instelling', en: 'Institution' },
  ggd: { nl: 'GGD', en: 'Public health service' },
  municipality: { nl: 'Gemeente', en: 'Municipality' },
  'neighbourhood-team': { nl: 'Wijkteam', en: 'Neighbourhood team' },
  'care-provider': { nl: 'Zorgaanbieder', en: 'Care provider' },
  corporation: { nl: 'Woningcorporatie', en: 'Housing corporation' },
};

export const placeKindLabels: Labels<PlaceKind> = {
  crisis: { nl: 'Crisisopvang', en: 'Crisis shelter' },
  opvang: { nl: 'Opvang', en: 'Shelter' },
  'residential-group': { nl: 'Leefgroep', en: 'Residential group' },
  'family-form': { nl: 'Gezinsvorm', en: 'Family form' },
  'guided-living': { nl: 'Begeleid wonen', en: 'Guided living' },
  'protected-living': { nl: 'Beschermd wonen', en: 'Protected living' },
  'temporary-home': { nl: 'Tijdelijke woning', en: 'Temporary home' },
  'training-home': { nl: 'Trainingswoning', en: 'Training home' },
};

export const fundingFrameLabels: Labels<FundingFrame> = {
  'inside-chain': { nl: 'Binnen de gesubsidieerde keten', en: 'Inside the subsidised chain' },
  'outside-chain': { nl: 'Buiten de gesubsidieerde keten', en: 'Outside the subsidised chain' },
};

export const zwaarteLabels: Labels<Zwaarte> = {
  light: { nl: 'Licht', en: 'Light' },
  medium: { nl: 'Midden', en: 'Medium' },
  heavy: { nl: 'Zwaar', en: 'Heavy' },
};

export const zwaarteMatchLabels: Labels<ZwaarteMatch> = {
  unknown: { nl: 'Zwaarte van de cliënt is niet bekend', en: 'Zwaarte of the client is not known' },
  equal: { nl: 'Plek past bij de cliënt', en: 'Place fits the client' },
  'place-too-light': { nl: 'Plek is te licht voor de cliënt', en: 'Place is too light for the client' },
  'place-too-heavy': { nl: 'Plek is zwaarder dan nodig', en: 'Place is heavier than needed' },
};

export const housingChangeKindLabels: Labels<HousingChangeKind> = {
  arrival: { nl: 'Aankomst', en: 'Arrival' },
  move: { nl: 'Verhuizing', en: 'Move' },
  reservation: { nl: 'Reservering', en: 'Reservation' },
  leave: { nl: 'Verlof', en: 'Leave' },
  return: { nl: 'Terug van verlof', en: 'Return from leave' },
  departure: { nl: 'Vertrek', en: 'Departure' },
  correction: { nl: 'Correctie', en: 'Correction' },
  cancellation: { nl: 'Ongedaan gemaakt', en: 'Undone' },
  swap: { nl: 'Ruil', en: 'Swap' },
  merge: { nl: 'Dossiers samengevoegd', en: 'Files merged' },
  unmerge: { nl: 'Samenvoegen teruggedraaid', en: 'Merge taken back' },
};

export const stayStateLabels: Labels<StayState> = {
  reserved: { nl: 'Gereserveerd', en: 'Reserved' },
  'reservation-due': { nl: 'Aankomst nog bevestigen', en: 'Arrival to be confirmed' },
  present: { nl: 'Aanwezig', en: 'Present' },
  'on-leave': { nl: 'Met verlof', en: 'On leave' },
  ended: { nl: 'Voorbij', en: 'Ended' },
};

export const housingStatusLabels: Labels<HousingStatus> = {
  housed: { nl: 'Woont op een plek', en: 'Housed' },
  reserved: { nl: 'Plek gereserveerd', en: 'Place reserved' },
  none: { nl: 'Nog geen plek', en: 'No place yet' },
  left: { nl: 'Vertrokken', en: 'Left' },
};

export const placeStateLabels: Labels<PlaceState> = {
  free: { nl: 'Vrij', en: 'Free' },
  reserved: { nl: 'Gereserveerd', en: 'Reserved' },
  occupied: { nl: 'Bezet', en: 'Occupied' },
  'on-leave': { nl: 'Bezet, met verlof', en: 'Occupied, on leave' },
  closed: { nl: 'Niet open', en: 'Not open' },
};

export const stayEndKindLabels: Labels<StayEndKind> = {
  move: { nl: 'Verhuisd', en: 'Moved' },
  departure: { nl: 'Vertrokken', en: 'Left' },
  agreed: { nl: 'Afgesproken einde', en: 'Agreed end' },
};

export const departureReasonLabels: Labels<DepartureReason> = {
  'trajectory-completed': { nl: 'Traject afgerond', en: 'Trajectory completed' },
  'better-fitting-place': { nl: 'Andere plek past beter', en: 'Another place fits better' },
  'no-longer-target-group': { nl: 'Hoort niet meer bij de doelgroep', en: 'No longer in the target group' },
  'indication-ended': { nl: 'Indicatie afgelopen', en: 'Indication ended' },
  'own-choice': { nl: 'Eigen keuze', en: 'Own choice' },
  'left-without-notice': { nl: 'Vertrokken zonder bericht', en: 'Left without notice' },
  'ended-by-institution': { nl: 'Beëindigd door de instelling', en: 'Ended by the institution' },
  'back-to-municipality-of-origin': {
    nl: 'Terug naar de gemeente van herkomst',
    en: 'Back to the municipality of origin',
  },
  'detention-or-admission': { nl: 'Detentie of opname', en: 'Detention or admission' },
  deceased: { nl: 'Overleden', en: 'Deceased' },
  other: { nl: 'Anders', en: 'Other' },
};

export const departureDestinationLabels: Labels<DepartureDestination> = {
  'independent-living': { nl: 'Zelfstandig wonen', en: 'Independent living' },
  'other-subsidised': { nl: 'Andere gesubsidieerde voorziening', en: 'Other subsidised provision' },
  'non-subsidised': { nl: 'Niet-gesubsidieerde voorziening', en: 'Non-subsidised provision' },
  'adult-shelter': { nl: 'Volwassenenopvang', en: 'Adult shelter' },
  family: { nl: 'Familie', en: 'Family' },
  prison: { nl: 'Gevangenis', en: 'Prison' },
  clinic: { nl: 'Kliniek', en: 'Clinic' },
  unknown: { nl: 'Onbekend', en: 'Unknown' },
  deceased: { nl: 'Overleden', en: 'Deceased' },
};

export const leaveReasonLabels: Labels<LeaveReason> = {
  'family-visit': { nl: 'Bij familie', en: 'Visiting family' },
  holiday: { nl: 'Vakantie', en: 'Holiday' },
  hospital: { nl: 'Ziekenhuis', en: 'Hospital' },
  clinic: { nl: 'Kliniek', en: 'Clinic' },
  detention: { nl: 'Detentie', en: 'Detention' },
  missing: { nl: 'Weg zonder bericht', en: 'Missing' },
  other: { nl: 'Anders', en: 'Other' },
};

export const correctionReasonLabels: Labels<CorrectionReason> = {
  'typing-error': { nl: 'Typefout', en: 'Typing error' },
  'information-came-later': { nl: 'Informatie kwam later', en: 'Information came later' },
  'wrong-place': { nl: 'Verkeerde plek', en: 'Wrong place' },
  'wrong-date': { nl: 'Verkeerde datum', en: 'Wrong date' },
  other: { nl: 'Anders', en: 'Other' },
};

export const cancellationReasonLabels: Labels<CancellationReason> = {
  'did-not-happen': { nl: 'Is niet gebeurd', en: 'Did not happen' },
  'plan-changed': { nl: 'Plan is gewijzigd', en: 'Plan changed' },
  'wrong-client': { nl: 'Verkeerde cliënt', en: 'Wrong client' },
  'entered-twice': { nl: 'Dubbel ingevoerd', en: 'Entered twice' },
  other: { nl: 'Anders', en: 'Other' },
};

export const changeChannelLabels: Labels<ChangeChannel> = {
  person: { nl: 'Ingevoerd door een medewerker', en: 'Entered by a person' },
  import: { nl: 'Uit een bestand', en: 'From a file' },
  event: { nl: 'Uit een ander systeem', en: 'From another system' },
};

export const contactRelationLabels: Labels<ContactRelation> = {
  parent: { nl: 'Ouder', en: 'Parent' },
  guardian: { nl: 'Voogd', en: 'Guardian' },
  partner: { nl: 'Partner', en: 'Partner' },
  family: { nl: 'Familie', en: 'Family' },
  friend: { nl: 'Vriend of vriendin', en: 'Friend' },
  professional: { nl: 'Hulpverlener', en: 'Professional' },
  other: { nl: 'Anders', en: 'Other' },
};

export const waitingUrgencyLabels: Labels<WaitingUrgency> = {
  crisis: { nl: 'Crisis', en: 'Crisis' },
  urgent: { nl: 'Spoed', en: 'Urgent' },
  regular: { nl: 'Gewoon', en: 'Regular' },
};

export const waitingEntryStatusLabels: Labels<WaitingEntryStatus> = {
  waiting: { nl: 'Wacht', en: 'Waiting' },
  offered: { nl: 'Plek aangeboden', en: 'Place offered' },
  placed: { nl: 'Plek gevonden', en: 'Place found' },
  withdrawn: { nl: 'Ingetrokken', en: 'Withdrawn' },
};

export const offerStatusLabels: Labels<OfferStatus> = {
  open: { nl: 'Wacht op antwoord', en: 'Awaiting an answer' },
  accepted: { nl: 'Aangenomen', en: 'Accepted' },
  declined: { nl: 'Afgewezen', en: 'Declined' },
  withdrawn: { nl: 'Ingetrokken', en: 'Withdrawn' },
  expired: { nl: 'Verlopen', en: 'Expired' },
};

export const offerDeclineReasonLabels: Labels<OfferDeclineReason> = {
  location: { nl: 'Ligging', en: 'Location' },
  'kind-of-place': { nl: 'Soort plek', en: 'Kind of place' },
  'too-far-from-day-activities': { nl: 'Te ver van de dagbesteding', en: 'Too far from day activities' },
  safety: { nl: 'Veiligheid', en: 'Safety' },
  'found-other-home': { nl: 'Heeft zelf een woning gevonden', en: 'Found another home' },
  other: { nl: 'Anders', en: 'Other' },
};

export const withdrawalReasonLabels: Labels<WithdrawalReason> = {
  'no-longer-needed': { nl: 'Niet meer nodig', en: 'No longer needed' },
  'housed-elsewhere': { nl: 'Woont ergens anders', en: 'Housed elsewhere' },
  'wish-of-client': { nl: 'Wens van de cliënt', en: 'Wish of the client' },
  'entered-wrongly': { nl: 'Verkeerd ingevoerd', en: 'Entered wrongly' },
  other: { nl: 'Anders', en: 'Other' },
};

export const dataQualityCheckLabels: Labels<DataQualityCheck> = {
  name: { nl: 'Naam', en: 'Name' },
  'birth-date': { nl: 'Geboortedatum', en: 'Date of birth' },
  address: { nl: 'Adres', en: 'Address' },
  contact: { nl: 'Telefoon of e-mail', en: 'Phone or e-mail' },
  'municipality-of-origin': { nl: 'Gemeente van herkomst', en: 'Municipality of origin' },
  zwaarte: { nl: 'Zwaarte', en: 'Zwaarte' },
  stay: { nl: 'Hotelregistratie', en: 'Stay' },
  'departure-data': { nl: 'Reden en bestemming van vertrek', en: 'Reason and destination of departure' },
  'reservation-due': { nl: 'Aankomst nog bevestigen', en: 'Arrival to be confirmed' },
  'return-overdue': { nl: 'Terugkomst van verlof', en: 'Return from leave' },
};

export const duplicateReasonLabels: Labels<DuplicateReason> = {
  'same-bsn': { nl: 'Zelfde BSN', en: 'Same BSN' },
  'same-name': { nl: 'Zelfde naam', en: 'Same name' },
  'similar-name': { nl: 'Naam lijkt erop', en: 'Similar name' },
  'names-swapped': { nl: 'Voornaam en achternaam verwisseld', en: 'First and family name swapped' },
  'same-initials': { nl: 'Zelfde voorletters', en: 'Same initials' },
  'same-birth-date': { nl: 'Zelfde geboortedatum', en: 'Same date of birth' },
  'birth-day-month-swapped': { nl: 'Dag en maand van geboorte verwisseld', en: 'Day and month of birth swapped' },
  'birth-date-one-digit-off': {
    nl: 'Geboortedatum verschilt één cijfer',
    en: 'Date of birth differs by one digit',
  },
  'same-address': { nl: 'Zelfde adres', en: 'Same address' },
};
