import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '#contracts/refusal.js';
import { allRoutes } from '../routes/index.js';
import { fieldsOf } from './payload-fields.js';
import { PayloadReader } from './payload-reader.js';

/** Anything that JSON can be, with the names and texts on which programs stumble. */
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<unknown>(
      null,
      true,
      -0,
      1e308,
      2 ** 53,
      '',
      '2026-02-30',
      '2026-03-01',
      '\u0000',
      '\ud800',
      '__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('constructor', '__proto__', 'toString', 'then', 'length', 'name'),
      ),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('whatever is sent', () => {
  it.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'to %s is read or refused, field by field, and never stumbled over',
    async (_key, { request }) => {
      const reader = new PayloadReader(request.payload);
      const names = [...fieldsOf(request.payload).keys(), 'unknown'];
      const some = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 8 });
      const texts = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.array(fc.string())), {
        maxKeys: 3,
      });
      await fc.assert(
        fc.asyncProperty(fc.oneof(some, anything), texts, async (body, query) => {
          try {
            const payload = await reader.read({
              params: {},
              query,
              headers: {},
              body: JSON.parse(JSON.stringify(body)),
            });
            expect(payload).toBeInstanceOf(request.payload);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            expect([400, 412]).toContain(error.status);
          }
        }),
        { numRuns: 60 },
      );
    },
  );
});
