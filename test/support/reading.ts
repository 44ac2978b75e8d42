import { randomBytes } from 'node:crypto';
import type { Api } from '../../examples/api.ts';
import { pause } from './power.ts';

/** Reads of one client's file that go on until they are told to end. */
export interface Reading {
  /** Traces of the reads that were shown something; their lines in the access log have them as correlation id. */
  readonly shown: ReadonlySet<string>;
  /** Ends the reading and waits for the answers to what was asked. */
  end(): Promise<void>;
}

/** Several people read the file of one client at the same moment, again and again; what fails is not read again. */
export function startReading(api: Api, clientId: string, together: number, thinkingMs: number): Reading {
  const shown = new Set<string>();
  let running = true;
  const goesOn = (): boolean => running;
  const read = async (): Promise<void> => {
    const traceId = randomBytes(16).toString('hex');
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    try {
      await api.send('GET', `/v1/clients/${clientId}`, { traceparent });
      shown.add(traceId);
    } catch {
      // Nothing was shown: its line may be there or not.
    }
  };
  const reading = (async () => {
    while (goesOn()) {
      await Promise.all(Array.from({ length: together }, read));
      await pause(thinkingMs);
    }
  })();
  return {
    shown,
    end: async () => {
      running = false;
      await reading;
    },
  };
}
