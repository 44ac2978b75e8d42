import type {
  MeasurementKind,
  Participant,
  WeightAnswer,
  WeightFactor,
  ZrmScore,
} from '#contracts/assessment/codes.js';

import type { DraftContent, ZrmBody } from '../../api/zrm.js';

/** Whose score: of the professional, or what the client says of themselves. */
export type Rater = 'score' | 'clientScore';

/** What stands in the form for one domain. */
export interface DomainValues {
  readonly score?: ZrmScore | undefined;
  readonly clientScore?: ZrmScore | undefined;
  readonly remark: string;
}

interface WeightValues {
  readonly answer?: WeightAnswer | undefined;
  readonly note: string;
}

/** What stands in the form; a date may be half typed. */
export interface ZrmValues {
  readonly kind: MeasurementKind;
  readonly date: string;
  readonly matrixVersion: string;
  readonly supplements: readonly string[];
  readonly domains: Readonly<Record<string, DomainValues>>;
  readonly weights: Readonly<Partial<Record<WeightFactor, WeightValues>>>;
  readonly particulars: string;
  readonly participants: readonly Participant[];
}

/** What a grid of scores needs to know of a form. */
export type ScoreValues = Pick<ZrmValues, 'domains'>;

export const EMPTY_DOMAIN: DomainValues = { remark: '' };

/** The form as it opens on what was saved. */
export function valuesOf(content: DraftContent): ZrmValues {
  const { kind, date = '', matrixVersion, supplements, scores, weights, particulars = '', participants } = content;
  return {
    kind,
    date,
    matrixVersion,
    supplements,
    domains: Object.fromEntries(
      scores.map(({ domain, score, clientScore, remark = '' }) => [domain, { score, clientScore, remark }]),
    ),
    weights: Object.fromEntries(weights.map(({ factor, answer, note = '' }) => [factor, { answer, note }])),
    particulars,
    participants,
  };
}

const CIVIL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What is sent. Only what stands on the page: of a supplement that was switched off nothing goes along, and a date that is
 * still being typed is no date yet.
 */
export function inputOf(values: ZrmValues, domains: readonly string[]): ZrmBody {
  const scores = domains.flatMap((domain) => {
    const { score, clientScore, remark } = values.domains[domain] ?? EMPTY_DOMAIN;
    if (score === undefined && clientScore === undefined && remark.trim() === '') return [];
    return [
      {
        domain,
        ...(score === undefined ? {} : { score }),
        ...(clientScore === undefined ? {} : { clientScore }),
        ...(remark.trim() === '' ? {} : { remark }),
      },
    ];
  });
  const weights = Object.entries(values.weights).flatMap(([factor, { answer, note }]) =>
    answer === undefined ? [] : [{ factor: factor as WeightFactor, answer, ...(note.trim() === '' ? {} : { note }) }],
  );
  return {
    kind: values.kind,
    ...(CIVIL_DATE.test(values.date) ? { date: values.date } : {}),
    matrixVersion: values.matrixVersion,
    supplements: [...values.supplements],
    scores,
    weights,
    ...(values.particulars.trim() === '' ? {} : { particulars: values.particulars }),
    participants: [...values.participants],
  };
}

export function withDomain<V extends ScoreValues>(values: V, domain: string, change: Partial<DomainValues>): V {
  const before = values.domains[domain] ?? EMPTY_DOMAIN;
  return { ...values, domains: { ...values.domains, [domain]: { ...before, ...change } } };
}

/** The domains of which two contents say something else; the rest of the form as one. */
export function differences(ours: ZrmBody, theirs: DraftContent): { domains: string[]; rest: boolean } {
  const of = (scores: readonly { domain: string }[], domain: string): string =>
    canonical(scores.find((score) => score.domain === domain));
  const named = new Set([...ours.scores, ...theirs.scores].map(({ domain }) => domain));
  const restOf = ({ date, supplements, weights, particulars, participants }: ZrmBody | DraftContent): string =>
    canonical([
      date ?? '',
      (supplements ?? []).toSorted(),
      (weights ?? []).map((weight) => canonical(weight)).toSorted(),
      particulars?.trim() ?? '',
      (participants ?? []).toSorted(),
    ]);
  return {
    domains: [...named].filter((domain) => of(ours.scores, domain) !== of(theirs.scores, domain)),
    rest: restOf(ours) !== restOf(theirs),
  };
}

/** The same text for the same content, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a.localeCompare(b)))
      : part,
  );
}

/** What a key means in a row of levels; undefined for keys that mean nothing there. */
export function scoreOfKey(key: string): ZrmScore | 'clear' | undefined {
  switch (key) {
    case '1':
      return 1;
    case '2':
      return 2;
    case '3':
      return 3;
    case '4':
      return 4;
    case '5':
      return 5;
    case '0':
    case 'n':
      return 'not-assessed';
    case 'Backspace':
    case 'Delete':
      return 'clear';
    default:
      return undefined;
  }
}
