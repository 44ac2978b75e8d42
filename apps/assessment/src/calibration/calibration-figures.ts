import type { Agreement, CalibrationMinimums, LevelDistribution } from '#contracts/assessment/calibration.js';
import type { InstitutionDistribution, OrganisationAgreement } from '#contracts/assessment/calibration-figures.js';
import { isZrmLevel, NOT_ASSESSED, zrmLevels, type ZrmLevel, type ZrmScore } from '#contracts/assessment/codes.js';
import type { DomainScore } from '#contracts/assessment/measurement.js';
import { agreementPerDomain, defaultCalibrationMinimums, distributionOf, type Rating } from './agreement.js';
import type { SessionRater } from './calibration-types.js';

/** Counts under this are left out for policy (domain.md §2, `beleid`). */
const SMALLEST_COUNT = 5;

/** What a rater gave, and for which organisation. */
export type RatingFor = Rating & Pick<SessionRater, 'organisationId'>;

/**
 * How far the raters of each organisation agree with all others, per domain, over sessions. Raters differ from session to
 * session, so that no two people are there throughout; what stays is the organisation. So on each case the organisation has
 * the middle one of its raters' levels, the others have theirs, and the two are compared as two raters (weighted kappa).
 */
export function agreementOfOrganisations(
  ratings: readonly RatingFor[],
  minimums: CalibrationMinimums = defaultCalibrationMinimums,
): OrganisationAgreement[] {
  const sides = new Map<string, Rating[]>();
  for (const given of Map.groupBy(ratings, ({ subject, domain }) => JSON.stringify([subject, domain])).values()) {
    for (const organisationId of new Set(given.flatMap((rating) => rating.organisationId ?? []))) {
      const others = given.filter((rating) => rating.organisationId !== organisationId);
      const own = given.filter((rating) => rating.organisationId === organisationId);
      const both = others.length === 0 ? [] : [...sideOf('own', own), ...sideOf('others', others)];
      sides.set(organisationId, [...(sides.get(organisationId) ?? []), ...both]);
    }
  }
  return [...sides]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([organisationId, pairs]) => ({
      organisationId,
      domains: [...agreementPerDomain(pairs, minimums)].map(([domain, agreement]) => ({ domain, agreement })),
    }));
}

/** A side as one rater of the case. */
function sideOf(rater: string, given: readonly Rating[]): Rating[] {
  const score = middleOf(given.map((one) => one.score));
  return given.slice(0, 1).map(({ subject, domain }) => ({ rater, subject, domain, score }));
}

/** The middle level; of two middle ones the lower. Not assessed when nobody gave a level. */
function middleOf(scores: readonly ZrmScore[]): ZrmScore {
  const levels = scores.filter(isZrmLevel).sort((a, b) => a - b);
  return levels[Math.ceil(levels.length / 2) - 1] ?? NOT_ASSESSED;
}

/** The latest ZRM of one client, and where they stayed. */
export interface LatestZrm {
  readonly clientId: string;
  readonly organisationId: string;
  readonly scores: readonly DomainScore[];
}

/** What was given for one domain in one institution; `pairs` where the client said something too. */
interface Given {
  readonly professional: ZrmScore[];
  readonly pairs: (Pick<LatestZrm, 'clientId'> & { readonly professional: ZrmScore; readonly client: ZrmScore })[];
}

/** Collects, ZRM by ZRM, how each institution uses the levels: what is kept of a client is a level per domain. */
export class LevelCollector {
  private readonly institutions = new Map<string, Map<string, Given>>();

  add({ clientId, organisationId, scores }: LatestZrm): void {
    const institution = this.institutions.get(organisationId) ?? new Map<string, Given>();
    this.institutions.set(organisationId, institution);
    for (const { domain, score, clientScore } of scores) {
      const given = institution.get(domain) ?? { professional: [], pairs: [] };
      institution.set(domain, given);
      given.professional.push(score);
      if (clientScore !== undefined) given.pairs.push({ clientId, professional: score, client: clientScore });
    }
  }

  /** Per institution, and per domain in this order; with what clients said of themselves beside it. */
  result(
    domains: readonly string[],
    minimums: CalibrationMinimums = defaultCalibrationMinimums,
  ): InstitutionDistribution[] {
    return [...this.institutions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([organisationId, given]) => ({
        organisationId,
        domains: domains.map((domain) => {
          return { domain, ...sideBySide(given.get(domain) ?? { professional: [], pairs: [] }, domain, minimums) };
        }),
      }));
  }
}

function sideBySide({ professional, pairs }: Given, domain: string, minimums: CalibrationMinimums) {
  const ratings = pairs.flatMap((pair): Rating[] => [
    { rater: 'professional', subject: pair.clientId, domain, score: pair.professional },
    { rater: 'client', subject: pair.clientId, domain, score: pair.client },
  ]);
  const nothing: Agreement = { shown: false, because: 'too-few-subjects', raters: 2, subjects: 0, leftOut: 0 };
  const said = pairs.map(({ client }) => client);
  return {
    professional: distributionOf(professional, minimums),
    client: distributionOf(said, minimums),
    agreement: agreementPerDomain(ratings, minimums).get(domain) ?? nothing,
  };
}

/** The same for who may see no counts under five. */
export function withoutSmallCounts(items: readonly InstitutionDistribution[]): InstitutionDistribution[] {
  return items.map(({ organisationId, domains }) => ({
    organisationId,
    domains: domains.map(({ domain, professional, client, agreement }) => ({
      domain,
      professional: largeLevels(professional),
      client: largeLevels(client),
      agreement: withoutNumbers(agreement),
    })),
  }));
}

/** A figure of agreement without the numbers of cases, which may be small. */
export function withoutNumbers({ subjects: _subjects, leftOut: _leftOut, ...figure }: Agreement): Agreement {
  return figure;
}

/** No total, share or mean: from these and the other levels the number that is left out could be reckoned. */
function largeLevels(distribution: LevelDistribution): LevelDistribution {
  if (distribution.shown !== true) return distribution;
  const large = zrmLevels.filter((level) => distribution.counts[level] >= SMALLEST_COUNT);
  if (large.length === 0) return { shown: false, because: 'too-few-subjects' };
  const counts: Partial<Record<ZrmLevel, number>> = {};
  for (const level of large) counts[level] = distribution.counts[level];
  return { shown: 'in-part', counts };
}
