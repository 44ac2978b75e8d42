import {
  cancellationReasonLabels,
  correctionReasonLabels,
  departureDestinationLabels,
  departureReasonLabels,
  type Label,
  leaveReasonLabels,
} from '#contracts/code-labels.js';

import type { MeldingPart } from '../../api/meldingen.js';

/** The codes that an event carries, by their field, and what each means. A code that is not known here is not shown. */
const LABELS: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  leave: leaveReasonLabels,
  departure: departureReasonLabels,
  destination: departureDestinationLabels,
  correction: correctionReasonLabels,
  cancellation: cancellationReasonLabels,
};

/** The reasons of a change, and where somebody went to. */
export function reasonsOf({ codes }: Pick<MeldingPart, 'codes'>): { of: 'reason' | 'destination'; label: Label }[] {
  return Object.entries(codes).flatMap(([field, code]) => {
    const label = LABELS[field]?.[code];
    return label === undefined ? [] : [{ of: field === 'destination' ? 'destination' : 'reason', label } as const];
  });
}
