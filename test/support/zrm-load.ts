import { plusDays } from '../../examples/dates.ts';
import { ApiError } from '../../examples/api.ts';
import { measurementQuestions } from '../../libs/contracts/src/assessment/codes.ts';
import type { DraftSaved, MeasurementAnswer } from '../../libs/contracts/src/assessment/measurements.ts';
import type { MatrixVersions } from '../../libs/contracts/src/assessment/matrix.ts';
import { pause } from './power.ts';
import type { World } from './world.ts';

/** A ZRM that the system said yes to, which its regisseur has to hear of. */
export interface AcceptedZrm {
  readonly clientId: string;
  readonly measurementId: string;
  readonly date: string;
}

/** ZRMs that go on being filled in until they are told to end. */
export interface ZrmLoad {
  readonly accepted: readonly AcceptedZrm[];
  end(): Promise<void>;
}

/** The client is there from the first day of the load of housing changes. */
const FIRST_DAY = '2024-06-01';
const AGAIN_MS = 100;

/**
 * Fills in ZRM after ZRM of some clients, each of a day later, with particulars and now and then a drop: each of them is told
 * to the regisseur. What is not answered is asked again, as a form does, until it is answered.
 */
export async function startZrmLoad(world: World, clients: number, thinkingMs: number): Promise<ZrmLoad> {
  const samira = await world.as('samira');
  const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
  const domains = items.find(({ code }) => code === current)?.domains.map(({ code }) => code) ?? [];
  const accepted: AcceptedZrm[] = [];
  let running = true;

  const contentOf = (number: number) => ({
    kind: number === 1 ? 'baseline' : 'periodic',
    date: plusDays(FIRST_DAY, number),
    matrixVersion: current,
    scores: domains.map((domain, index) => ({ domain, score: index === 0 && number % 2 === 0 ? 2 : 3 })),
    particulars: `ZRM ${number}`,
    participants: [],
    answered: [...measurementQuestions],
  });

  const fillIn = async (clientId: string): Promise<void> => {
    for (let number = 1; running; number += 1) {
      const { answered, ...content } = contentOf(number);
      const path = `/v1/clients/${clientId}/zrms`;
      const key = `zrm-load-${clientId}-${number}`;
      const draft = await untilAnswered(() => samira.post<DraftSaved>(path, content, { key }));
      const { measurementId, version } = draft;
      const submit = `${path}/${measurementId}/submit`;
      await untilAnswered(async () => {
        try {
          const answer = await samira.post<MeasurementAnswer>(submit, { ...content, answered }, { version });
          if (answer.outcome !== 'accepted') throw new Error(`a ZRM led to a question: ${JSON.stringify(answer)}`);
        } catch (error) {
          // The answer to an earlier attempt was lost on its way.
          if (!(error instanceof ApiError && error.code === 'zrm-already-submitted')) throw error;
        }
      });
      accepted.push({ clientId, measurementId, date: content.date });
      await pause(thinkingMs);
    }
  };
  const filling = Promise.all(world.clientIds.slice(0, clients).map(fillIn));
  return {
    accepted,
    end: async () => {
      running = false;
      await filling;
    },
  };
}

/** What another attempt may undo: who asks too often or at the same moment as another, or of an arrival not told there yet. */
function isPassing({ status, code, body }: ApiError): boolean {
  const isEarly = status === 404 || JSON.stringify(body).includes('zrm-date-not-housed');
  return isEarly || status === 429 || code === 'concurrent-change';
}

/** Asks until there is an answer, for a minute; that the client came may not have been told there yet. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const isFinal = error instanceof ApiError && error.status < 500 && !isPassing(error);
      if (isFinal || attempt >= 600) throw error;
      await pause(AGAIN_MS);
    }
  }
}
