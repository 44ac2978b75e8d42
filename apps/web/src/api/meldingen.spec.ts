import { describe, expect, it, jest } from '@jest/globals';

interface Body {
  body: { meldingen: { meldingId: string; parts: number }[] };
}

const post = jest.fn((_path: string, { body }: Body) =>
  Promise.resolve({ items: body.meldingen.map(({ meldingId }) => ({ meldingId, outcome: 'acknowledged' })) }),
);
jest.unstable_mockModule('./http.js', () => ({ api: { post } }));
const { acknowledgeMany } = await import('./meldingen.js');

describe('acknowledging many', () => {
  it('asks in parts that the API takes, and tells of all of them', async () => {
    const seen = Array.from({ length: 230 }, (_, at) => ({ meldingId: `m${at}`, parts: [] }));
    const { items } = await acknowledgeMany(seen);
    expect(items.map(({ meldingId }) => meldingId)).toEqual(seen.map(({ meldingId }) => meldingId));
    expect(post.mock.calls.map(([, { body }]) => body.meldingen.length)).toEqual([100, 100, 30]);
  });
});
