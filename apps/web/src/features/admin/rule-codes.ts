import {
  dueChangeLabels,
  dueKindLabels,
  measurementKindLabels,
  progressFindingKindLabels,
  reminderAudienceLabels,
} from '#contracts/assessment/code-labels.js';
import {
  cancellationReasonLabels,
  correctionReasonLabels,
  departureDestinationLabels,
  departureReasonLabels,
  housingChangeKindLabels,
  leaveReasonLabels,
} from '#contracts/code-labels.js';

import { inLanguage } from '../../ui/problem-text.js';

interface Label {
  readonly nl: string;
  readonly en: string;
}

/** A code can be a reason of leave and of departure at once; the first that has a name for it gives it. */
const codeLabels: readonly Readonly<Record<string, Label>>[] = [
  departureReasonLabels,
  departureDestinationLabels,
  leaveReasonLabels,
  correctionReasonLabels,
  cancellationReasonLabels,
  progressFindingKindLabels,
  reminderAudienceLabels,
  dueKindLabels,
  { particulars: { nl: 'Bijzonderheden', en: 'Particulars' } },
];

/** What happens on the waiting list or to a client's data, as far as rules can be about it. */
const otherKinds: Readonly<Record<string, Label>> = {
  registered: { nl: 'Aangemeld', en: 'Registered' },
  offered: { nl: 'Plek aangeboden', en: 'Place offered' },
  accepted: { nl: 'Aanbod aangenomen', en: 'Offer accepted' },
  declined: { nl: 'Aanbod afgewezen', en: 'Offer declined' },
  expired: { nl: 'Aanbod verlopen', en: 'Offer expired' },
  withdrawn: { nl: 'Van de wachtlijst af', en: 'Off the waiting list' },
  changed: { nl: 'Gegevens gewijzigd', en: 'Data changed' },
  merged: { nl: 'Dossiers samengevoegd', en: 'Records merged' },
  unmerged: { nl: 'Dossiers losgemaakt', en: 'Records separated' },
};

/** The first that has a name for a kind gives it; kinds of the ZRM are called the same wherever they are due or filled in. */
const kindLabels: readonly Readonly<Record<string, Label>>[] = [
  housingChangeKindLabels,
  otherKinds,
  dueChangeLabels,
  measurementKindLabels,
];

/** Name of a kind of event. */
export function kindText(kind: string): string {
  const label = kindLabels.map((labels) => labels[kind]).find((found) => found !== undefined);
  return label === undefined ? kind : inLanguage(label);
}

/** Name of a reason or destination. */
export function codeText(code: string): string {
  const label = codeLabels.map((labels) => labels[code]).find((found) => found !== undefined);
  return label === undefined ? code : inLanguage(label);
}
