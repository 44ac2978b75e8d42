import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { FieldRefusal } from '../field-rules.js';
import { RecordHousingChange } from './stays.js';

/** Codes per path, as the edge reads them. */
function problems(payload: object): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const visit = (errors: ValidationError[], prefix: string) => {
    for (const { property, constraints, contexts, children } of errors) {
      const path = `${prefix}${property}`;
      const codes = Object.keys(constraints ?? {}).map((name) => {
        const refusal: FieldRefusal | undefined = contexts?.[name];
        return refusal?.code ?? name;
      });
      if (codes.length > 0) found[path] = codes.sort();
      visit(children ?? [], `${path}.`);
    }
  };
  visit(
    validateSync(plainToInstance(RecordHousingChange, payload), { whitelist: true, forbidNonWhitelisted: true }),
    '',
  );
  return found;
}

describe('the request to record a housing change', () => {
  const base = { clientId: 'c1' };

  it.each([
    { kind: 'arrival', placeId: 'p1', from: '2026-03-01' },
    { kind: 'arrival', reservationId: 's1', from: '2026-03-01', until: '2026-04-01' },
    { kind: 'move', placeId: 'p1', date: '2026-03-01' },
    { kind: 'reservation', placeId: 'p1', from: '2026-03-01' },
    { kind: 'leave', from: '2026-03-01', reason: 'holiday' },
    { kind: 'return', date: '2026-03-01' },
    { kind: 'departure', date: '2026-03-01', reason: 'own-choice', destination: 'family' },
    { kind: 'correction', stayId: 's1', reason: 'wrong-date', until: null },
    { kind: 'correction', stayId: 's1', reason: 'wrong-date', leaves: [{ leaveId: 'l1', until: null }] },
    { kind: 'cancellation', reason: 'did-not-happen', target: { of: 'leave', stayId: 's1', leaveId: 'l1' } },
  ])('accepts $kind', (change) => {
    expect(problems({ ...base, ...change })).toEqual({});
  });

  it('names what a kind needs', () => {
    const found = problems({ ...base, kind: 'departure' });
    expect(Object.keys(found).sort()).toEqual(['date', 'destination', 'reason']);
    expect(found['date']).toContain('field-required');
  });

  it('refuses a field of another kind', () => {
    expect(problems({ ...base, kind: 'return', date: '2026-03-01', placeId: 'p1' })).toEqual({
      placeId: ['field-unknown'],
    });
  });

  it('refuses a field that no kind has', () => {
    expect(Object.keys(problems({ ...base, kind: 'return', date: '2026-03-01', bed: 'p1' }))).toEqual(['bed']);
  });

  it('refuses null where it would take nothing away', () => {
    const found = problems({ ...base, kind: 'arrival', placeId: 'p1', from: '2026-03-01', until: null });
    expect(found['until']).toContain('date-form');
  });

  it('tells a wrong form from a day that does not exist', () => {
    const arrival = { ...base, kind: 'arrival', placeId: 'p1' };
    expect(problems({ ...arrival, from: '1-3-2026' })).toEqual({ from: ['date-form'] });
    expect(problems({ ...arrival, from: '2026-02-30' })).toEqual({ from: ['date-not-existing'] });
  });

  it('refuses a reason that belongs to another kind', () => {
    const change = { kind: 'leave', from: '2026-03-01', reason: 'own-choice' };
    expect(problems({ ...base, ...change })).toEqual({ reason: ['code-unknown'] });
  });

  it('checks what a cancellation names', () => {
    const change = { kind: 'cancellation', reason: 'entered-twice', target: { of: 'stay', changeId: 'x' } };
    const found = problems({ ...base, ...change });
    expect(found['target.changeId']).toEqual(['field-unknown']);
    expect(found['target.stayId']).toContain('field-required');
  });

  it('reports an unknown kind alone', () => {
    expect(Object.keys(problems({ ...base, kind: 'teleport', from: 'x' }))).toEqual(['kind']);
  });
});
