import type {
  EarlierEdition,
  KeptCopy,
  MeasurementListed,
  MeasurementView,
} from '#contracts/assessment/measurements.js';
import { NOT_ASSESSED } from '#contracts/assessment/codes.js';
import { missingIn } from './content-rules.js';
import { correctableUntil } from './measurement-decision.js';
import type { Measurement, MeasurementContext } from './measurement-types.js';
import type { DraftCopy } from './measurements.repository.js';

/** A ZRM with everything in it, for who may see it. */
export function viewOf(
  measurement: Measurement,
  copies: readonly DraftCopy[],
  context: MeasurementContext,
): MeasurementView {
  const { measurementId, clientId, version, state, content, origin = 'form' } = measurement;
  const isDraft = measurement.state === 'draft';
  return {
    measurementId,
    clientId,
    version,
    state,
    origin,
    content,
    ...entryOf(measurement),
    missing: isDraft ? [...missingIn(content, context)] : [],
    ...(measurement.state === 'corrected'
      ? {
          correction: {
            changedBy: measurement.correctedBy,
            changedAt: measurement.correctedAt,
            reason: measurement.reason,
          },
        }
      : {}),
    ...(isDraft ? {} : { correctableUntil: correctableUntil(measurement.submittedAt, context.correctionTermDays) }),
    earlier: measurement.state === 'corrected' ? measurement.earlier.map(editionOf) : [],
    copies: copies.map(copyOf),
  };
}

/** A ZRM in a list. */
export function listedOf(measurement: Measurement): MeasurementListed {
  const { measurementId, clientId, version, state, content, origin = 'form' } = measurement;
  const { kind, date, matrixVersion, particulars, scores } = content;
  return {
    measurementId,
    clientId,
    version,
    state,
    origin,
    kind,
    ...(date === undefined ? {} : { date }),
    matrixVersion,
    hasParticulars: particulars !== undefined,
    domainsAssessed: scores.filter(({ score }) => score !== undefined && score !== NOT_ASSESSED).length,
    ...entryOf(measurement),
  };
}

function entryOf(measurement: Measurement): { recordedBy: string; recordedAt: string } {
  return measurement.state === 'draft'
    ? { recordedBy: measurement.savedBy, recordedAt: measurement.savedAt }
    : { recordedBy: measurement.submittedBy, recordedAt: measurement.submittedAt };
}

function editionOf({
  version,
  content,
  by,
  at,
}: {
  version: number;
  content: EarlierEdition['content'];
  by: string;
  at: string;
}): EarlierEdition {
  return { version, content, recordedBy: by, recordedAt: at };
}

function copyOf({ _id, content, recordedBy, recordedAt }: DraftCopy): KeptCopy {
  return { copyId: _id, content, recordedBy, recordedAt: recordedAt.toISOString() };
}
