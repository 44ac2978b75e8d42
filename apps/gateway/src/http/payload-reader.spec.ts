import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { type FieldProblem, Refusal } from '#contracts/refusal.js';
import { CountMeldingen } from '#contracts/notifications/meldingen.js';
import { CreatePerson, ListPeople } from '#contracts/registration/people.js';
import { RecordHousingChange, SwapPlaces } from '#contracts/registration/stays.js';
import { CreateOrganisation, UpdateOrganisation } from '#contracts/registration/structure.js';
import { PayloadReader, type PayloadSource } from './payload-reader.js';

const from = (source: Partial<PayloadSource>): PayloadSource => ({
  params: {},
  query: {},
  headers: {},
  body: undefined,
  ...source,
});

async function fieldsOf(read: Promise<object>): Promise<readonly FieldProblem[]> {
  try {
    await read;
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.fields;
    throw error;
  }
}

const problemsOf = async (read: Promise<object>): Promise<string[]> =>
  (await fieldsOf(read)).map(({ path, code }) => `${path} ${code}`);

describe('a payload', () => {
  it('takes the path before headers, query and body', async () => {
    const source = from({
      params: { organisationId: 'from-path' },
      headers: { 'if-match': '"4"' },
      body: { organisationId: 'from-body', expectedVersion: 9, name: 'De Haven' },
    });
    await expect(new PayloadReader(UpdateOrganisation).read(source)).resolves.toEqual({
      organisationId: 'from-path',
      expectedVersion: 4,
      name: 'De Haven',
    });
  });

  it.each(['"4"', 'W/"4"', '4'])('reads the version %s', async (tag) => {
    const source = from({ params: { organisationId: 'o' }, headers: { 'if-match': tag } });
    await expect(new PayloadReader(UpdateOrganisation).read(source)).resolves.toMatchObject({ expectedVersion: 4 });
  });

  it('needs the version where the contract does', async () => {
    const source = from({ params: { organisationId: 'o' }, body: { name: 'X' } });
    await expect(new PayloadReader(UpdateOrganisation).read(source)).rejects.toMatchObject({
      code: 'version-required',
      status: 412,
    });
    const wrong = from({ params: { organisationId: 'o' }, headers: { 'if-match': '*' } });
    expect(await problemsOf(new PayloadReader(UpdateOrganisation).read(wrong))).toEqual(['If-Match number-form']);
  });

  it('takes the key of a creation, and ignores headers that it has no field for', async () => {
    const headers = { 'idempotency-key': 'k-1', 'if-match': '"3"' };
    const source = from({ headers, body: { name: 'De Haven', kind: 'institution' } });
    await expect(new PayloadReader(CreateOrganisation).read(source)).resolves.toEqual({
      idempotencyKey: 'k-1',
      name: 'De Haven',
      kind: 'institution',
    });
  });

  it('turns the query into numbers, yes or no, and leaves text', async () => {
    const source = from({ query: { limit: '20', active: 'false', text: '12' } });
    await expect(new PayloadReader(ListPeople).read(source)).resolves.toEqual({ limit: 20, active: false, text: '12' });
    const wrong = from({ query: { limit: 'many', active: 'perhaps', unknown: '1' } });
    expect((await problemsOf(new PayloadReader(ListPeople).read(wrong))).sort()).toEqual([
      'active boolean-form',
      'limit number-form',
      'unknown field-unknown',
    ]);
  });

  it('of nothing accepts nothing', async () => {
    await expect(new PayloadReader(CountMeldingen).read(from({}))).resolves.toEqual({});
    expect(await problemsOf(new PayloadReader(CountMeldingen).read(from({ body: { x: 1 } })))).toEqual([
      'x field-unknown',
    ]);
  });

  it('names nested fields as they stand in JSON, and the reason of the contract', async () => {
    const swap = from({ body: { date: 'tomorrow', first: { clientId: 'c' }, second: { clientId: '', x: 1 } } });
    expect((await problemsOf(new PayloadReader(SwapPlaces).read(swap))).sort()).toEqual([
      'date date-form',
      'second.clientId field-required',
      'second.x field-unknown',
    ]);
    const body = {
      kind: 'correction',
      stayId: 's',
      reason: 'own-choice',
      leaves: [{ leaveId: 'l', from: '2026-13-01' }],
    };
    const change = from({ params: { clientId: 'c' }, body });
    expect((await problemsOf(new PayloadReader(RecordHousingChange).read(change))).sort()).toEqual([
      'leaves[0].from date-not-existing',
      'reason code-unknown',
    ]);
  });

  it('is no stack of brackets, and tells of no more wrong fields than somebody reads', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    await expect(new PayloadReader(CreateOrganisation).read(from({ body: { name: deep } }))).rejects.toMatchObject({
      code: 'malformed-body',
      status: 400,
    });
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field${index}`, 1]));
    expect(await fieldsOf(new PayloadReader(CreateOrganisation).read(from({ body: many })))).toHaveLength(100);
  });

  it('holds only text that a person can read', async () => {
    const body = { name: 'De Haven\u0000', kind: 'institution' };
    expect(await problemsOf(new PayloadReader(CreateOrganisation).read(from({ body })))).toEqual([
      'name field-invalid',
    ]);
    const change = from({
      params: { clientId: 'c\u202Ed' },
      body: { kind: 'arrival', placeId: 'p', from: '2026-03-01' },
    });
    expect(await problemsOf(new PayloadReader(RecordHousingChange).read(change))).toEqual(['clientId field-invalid']);
  });

  it('refuses half of a character, also where an e-mail address is looked at', async () => {
    const body = { key: 'p', name: 'Noor', roles: ['beheerder'], email: 'noor@\ud800' };
    expect(await problemsOf(new PayloadReader(CreatePerson).read(from({ body })))).toEqual(['email field-invalid']);
  });

  it('cannot be given a prototype', async () => {
    const bodies = [
      '{"__proto__":{"name":"x"},"kind":"institution"}',
      '{"constructor":{"name":"x"},"kind":"institution"}',
      '{"name":{"constructor":{"x":1}},"kind":"institution"}',
      '{"name":[{"__proto__":null}],"kind":"institution"}',
    ];
    for (const text of bodies) {
      const body: unknown = JSON.parse(text);
      await expect(new PayloadReader(CreateOrganisation).read(from({ body }))).rejects.toMatchObject({
        code: 'malformed-body',
      });
    }
    const query = { ['__proto__']: ['a', 'b'] };
    expect(await problemsOf(new PayloadReader(CreateOrganisation).read(from({ query })))).toEqual([
      'kind field-required',
      'name field-required',
    ]);
  });

  it('says how long, how many and which', async () => {
    const body = { name: 'x'.repeat(121), kind: 'hotel' };
    const read = new PayloadReader(CreateOrganisation).read(from({ body }));
    expect(await fieldsOf(read)).toMatchObject([
      { path: 'kind', code: 'code-unknown', nl: expect.stringContaining('institution, ggd') },
      { path: 'name', code: 'field-too-long', en: 'This is too long. Use at most 120 characters.' },
    ]);
  });
});
