import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideTurn, type TurnState } from './turn-rules.js';

const start: TurnState = { version: 0, missing: [] };

describe('decideTurn', () => {
  it('lets the next version proceed', () => {
    expect(decideTurn(start, 1, false)).toEqual({ kind: 'proceed', next: { version: 1, missing: [] } });
  });

  it('refuses a version that had its turn', () => {
    expect(decideTurn({ version: 3, missing: [] }, 3, true)).toEqual({ kind: 'had-its-turn' });
  });

  it('lets a later version wait for its predecessor', () => {
    expect(decideTurn({ version: 1, missing: [] }, 3, false)).toEqual({ kind: 'wait', expected: 2 });
  });

  it('passes over a predecessor that does not come, and still takes it when it comes late', () => {
    const passed = decideTurn({ version: 1, missing: [] }, 4, true);
    expect(passed).toEqual({ kind: 'proceed', next: { version: 4, missing: [2, 3] } });
    expect(decideTurn({ version: 4, missing: [2, 3] }, 3, false)).toEqual({
      kind: 'proceed',
      next: { version: 4, missing: [2] },
    });
  });

  it('remembers the latest of a gap that is larger than a document may be', () => {
    const passed = decideTurn({ version: 1, missing: [] }, 900_000_000_000, true);
    if (passed.kind !== 'proceed') throw new Error('not passed over');
    expect(passed.next.version).toBe(900_000_000_000);
    expect(passed.next.missing).toHaveLength(10_000);
    expect(passed.next.missing.at(-1)).toBe(899_999_999_999);
  });

  it('gives every version exactly one turn, in whatever order and however often they are delivered', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 20 })
          .chain((n) =>
            fc.tuple(
              fc.constant(n),
              fc.array(fc.tuple(fc.integer({ min: 1, max: n }), fc.boolean()), { maxLength: 200 }),
            ),
          ),
        ([n, deliveries]) => {
          let state = start;
          const turns: number[] = [];
          const everything = Array.from({ length: n }, (_, i): [number, boolean] => [i + 1, true]);
          for (const [version, patient] of [...deliveries, ...everything]) {
            const decision = decideTurn(state, version, patient);
            if (decision.kind !== 'proceed') continue;
            turns.push(version);
            state = decision.next;
          }
          expect([...turns].sort((a, b) => a - b)).toEqual(everything.map(([version]) => version));
        },
      ),
    );
  });

  it('keeps the order when nobody runs out of patience', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 100 }), (deliveries) => {
        let state = start;
        const turns: number[] = [];
        for (const version of deliveries) {
          const decision = decideTurn(state, version, false);
          if (decision.kind !== 'proceed') continue;
          turns.push(version);
          state = decision.next;
        }
        expect(turns).toEqual([...turns].sort((a, b) => a - b));
      }),
    );
  });
});
