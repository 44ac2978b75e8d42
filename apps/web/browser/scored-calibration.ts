import type { Api } from '../../../examples/api.ts';
import type { CalibrationChanged } from '../../../libs/contracts/src/assessment/calibration-sessions.ts';
import type { MatrixVersions } from '../../../libs/contracts/src/assessment/matrix.ts';
import type { ZrmScore } from '../../../libs/contracts/src/assessment/codes.ts';

/** As many as a figure of agreement takes. */
const CASES = 10;
const RATERS = ['samira', 'noor'] as const;

/** A session on stories that Samira and Noor scored, so that it is closed: alike but for housing. Answers its identifier. */
export async function scoredCalibration(
  as: (key: string) => Promise<Api>,
  personIds: ReadonlyMap<string, string>,
): Promise<string> {
  const noor = await as('noor');
  const { items, current } = await noor.get<MatrixVersions>('/v1/zrm-versions');
  const domains = items.find(({ code }) => code === current)?.domains.map(({ code }) => code) ?? [];
  const plan = {
    matrixVersion: current,
    cases: Array.from({ length: CASES }, (_, index) => ({
      kind: 'vignette',
      title: `Verhaal ${index + 1}`,
      text: 'Een jongere van negentien slaapt bij vrienden. Er zijn schulden, en soms is er school.',
    })),
    personIds: RATERS.map((key) => personIds.get(key) ?? ''),
  };
  const { sessionId } = await noor.post<CalibrationChanged>('/v1/zrm-calibrations', plan, {
    key: 'scored-calibration',
  });
  for (const [rater, key] of RATERS.entries()) {
    const api = await as(key);
    for (let number = 0; number < CASES; number += 1) {
      const scores = domains.map((domain) => ({ domain, score: scoreOf(domain, number, rater) }));
      await api.put(`/v1/zrm-calibrations/${sessionId}/cases/case-${number + 1}/scores`, { scores }, { version: 0 });
    }
  }
  return sessionId;
}

function scoreOf(domain: string, number: number, rater: number): ZrmScore {
  const levels = [1, 2, 3, 4, 5] as const;
  const shift = domain === 'housing' && number % 3 === 0 ? rater * 2 : 0;
  return levels[(number + shift) % levels.length] ?? 'not-assessed';
}
