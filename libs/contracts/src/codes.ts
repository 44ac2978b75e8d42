/**
 * The codes that services, the REST interface and the database share. Each list is the single source of its union
 * type; the Dutch and English names stand in code-labels.ts. Codes never change meaning; new ones may be added.
 */

/** Who a person is in the chain (domain.md §2). */
export const roles = [
  'trajectregisseur',
  'clientmanager',
  'klantmanager',
  'ttcj_member',
  'procesregisseur',
  'wijkteam',
  'teamondersteuner',
  'zorgbegeleider',
  'corporatie',
  'gemeente',
  'beleid',
  'beheerder',
] as const;
export type Role = (typeof roles)[number];

/** True for a role code. */
export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

/** What an organisation is; only an institution has places. */
export const organisationKinds = [
  'institution',
  'ggd',
  'municipality',
  'neighbourhood-team',
  'care-provider',
  'corporation',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** Kinds of place (domain.md §3). */
export const placeKinds = [
  'crisis',
  'opvang',
  'residential-group',
  'family-form',
  'guided-living',
  'protected-living',
  'temporary-home',
  'training-home',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** Whether a place belongs to the subsidised chain (domain.md §3). */
export const fundingFrames = ['inside-chain', 'outside-chain'] as const;
export type FundingFrame = (typeof fundingFrames)[number];

/** Weight label of clients and places, from light to heavy: the position in the list is the order (domain.md §3). */
export const zwaartes = ['light', 'medium', 'heavy'] as const;
export type Zwaarte = (typeof zwaartes)[number];

/** Negative when `a` is lighter than `b`, 0 when equal, positive when heavier. */
export function compareZwaarte(a: Zwaarte, b: Zwaarte): number {
  return zwaartes.indexOf(a) - zwaartes.indexOf(b);
}

/** How the weight of a client relates to the place where they stay. */
export const zwaarteMatches = ['unknown', 'equal', 'place-too-light', 'place-too-heavy'] as const;
export type ZwaarteMatch = (typeof zwaarteMatches)[number];

/** What happened to the housing situation of a client. Merge and unmerge move a history between two records. */
export const housingChangeKinds = [
  'arrival',
  'move',
  'reservation',
  'leave',
  'return',
  'departure',
  'correction',
  'cancellation',
  'swap',
  'merge',
  'unmerge',
] as const;
export type HousingChangeKind = (typeof housingChangeKinds)[number];

/** State of one stay on a date. `reservation-due`: the planned date has come, the arrival is not confirmed. */
export const stayStates = ['reserved', 'reservation-due', 'present', 'on-leave', 'ended'] as const;
export type StayState = (typeof stayStates)[number];

/** Housing situation of a client on a date. `none`: never housed; `left`: housed before, not now. */
export const housingStatuses = ['housed', 'reserved', 'none', 'left'] as const;
export type HousingStatus = (typeof housingStatuses)[number];

/** What a place is on a date. */
export const placeStates = ['free', 'reserved', 'occupied', 'on-leave', 'closed'] as const;
export type PlaceState = (typeof placeStates)[number];

/** How a stay ended, or will end. `agreed`: an end date without reason or destination. */
export const stayEndKinds = ['move', 'departure', 'agreed'] as const;
export type StayEndKind = (typeof stayEndKinds)[number];

export const departureReasons = [
  'trajectory-completed',
  'better-fitting-place',
  'no-longer-target-group',
  'indication-ended',
  'own-choice',
  'left-without-notice',
  'ended-by-institution',
  'back-to-municipality-of-origin',
  'detention-or-admission',
  'deceased',
  'other',
] as const;
export type DepartureReason = (typeof departureReasons)[number];

export const departureDestinations = [
  'independent-living',
  'other-subsidised',
  'non-subsidised',
  'adult-shelter',
  'family',
  'prison',
  'clinic',
  'unknown',
  'deceased',
] as const;
export type DepartureDestination = (typeof departureDestinations)[number];

export const leaveReasons = ['family-visit', 'holiday', 'hospital', 'clinic', 'detention', 'missing', 'other'] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/** Why an earlier entry is changed. */
export const correctionReasons = [
  'typing-error',
  'information-came-later',
  'wrong-place',
  'wrong-date',
  'other',
] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

/** Why an earlier entry is undone. */
export const cancellationReasons = [
  'did-not-happen',
  'plan-changed',
  'wrong-client',
  'entered-twice',
  'other',
] as const;
export type CancellationReason = (typeof cancellationReasons)[number];

/** By which door a change came in (domain.md §3). */
export const changeChannels = ['person', 'import', 'event'] as const;
export type ChangeChannel = (typeof changeChannels)[number];

/** Relation of a contact person to the client. */
export const contactRelations = ['parent', 'guardian', 'partner', 'family', 'friend', 'professional', 'other'] as const;
export type ContactRelation = (typeof contactRelations)[number];

/** Urgency on the waiting list, most urgent first: the position in the list is the order. */
export const waitingUrgencies = ['crisis', 'urgent', 'regular'] as const;
export type WaitingUrgency = (typeof waitingUrgencies)[number];

export const waitingEntryStatuses = ['waiting', 'offered', 'placed', 'withdrawn'] as const;
export type WaitingEntryStatus = (typeof waitingEntryStatuses)[number];

export const offerStatuses = ['open', 'accepted', 'declined', 'withdrawn', 'expired'] as const;
export type OfferStatus = (typeof offerStatuses)[number];

export const offerDeclineReasons = [
  'location',
  'kind-of-place',
  'too-far-from-day-activities',
  'safety',
  'found-other-home',
  'other',
] as const;
export type OfferDeclineReason = (typeof offerDeclineReasons)[number];

export const withdrawalReasons = [
  'no-longer-needed',
  'housed-elsewhere',
  'wish-of-client',
  'entered-wrongly',
  'other',
] as const;
export type WithdrawalReason = (typeof withdrawalReasons)[number];

/** What a client record can miss; "registered" is NAW plus hotelregistratie (domain.md §3). */
export const dataQualityChecks = [
  'name',
  'birth-date',
  'address',
  'contact',
  'municipality-of-origin',
  'zwaarte',
  'stay',
  'departure-data',
  'reservation-due',
  'return-overdue',
] as const;
export type DataQualityCheck = (typeof dataQualityChecks)[number];

/** Why two records may be the same person. */
export const duplicateReasons = [
  'same-bsn',
  'same-name',
  'similar-name',
  'names-swapped',
  'same-initials',
  'same-birth-date',
  'birth-day-month-swapped',
  'birth-date-one-digit-off',
  'same-address',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];
