import { describe, expect, it, jest } from '@jest/globals';
import i18next from 'i18next';

import type { MeldingPart } from '../../api/meldingen.js';
import nl from './messages.nl.js';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { rememberToday } = await import('../../ui/dates.js');
const { sentenceOf, whoText } = await import('./sentence.js');

await i18next.init({ lng: 'nl', resources: { nl: { meldingen: nl } }, interpolation: { escapeValue: false } });
const t = i18next.getFixedT('nl', 'meldingen');
rememberToday('2026-03-10');

const place = (placeId: string, placeName: string, locationName: string) => ({
  [placeId]: {
    placeId,
    placeName,
    locationName,
    clusterId: 'k',
    clusterName: 'K',
    organisationId: 'o',
    organisationName: 'O',
  },
});
const names = {
  clients: {},
  places: { ...place('p1', 'kamer 3', 'De Haven'), ...place('p2', 'Kruisstraat 4', 'Kruisstraat 4') },
  clusters: {},
  organisations: {},
  people: {},
};
const part = (changes: Partial<MeldingPart>): MeldingPart => ({
  partId: 'x',
  eventId: 'e',
  eventType: 'nl.doorstroom.registration.housing-situation-changed.v1',
  kind: 'move',
  codes: {},
  placeId: 'p2',
  previousPlaceId: 'p1',
  effectiveOn: '2026-03-09',
  recordedAt: '2026-03-09T10:00:00Z',
  sequence: 1,
  urgency: 'normal',
  expectedAction: 'take-note',
  ruleId: 'r',
  because: 'regisseur-of-cluster',
  becauseOf: [],
  ...changes,
});

describe('the sentence of a part', () => {
  it('says it as a colleague would', () => {
    expect(sentenceOf(part({}), 'Noor', names, t)).toBe(
      'Noor is gisteren verhuisd van De Haven, kamer 3 naar Kruisstraat 4.',
    );
  });

  it('tells a plan from what happened', () => {
    expect(sentenceOf(part({ kind: 'departure', effectiveOn: '2026-03-12' }), 'Noor', names, t)).toBe(
      'Noor vertrekt overmorgen van Kruisstraat 4.',
    );
  });

  it('writes out a day that is further away', () => {
    expect(sentenceOf(part({ kind: 'arrival', effectiveOn: '2026-01-02' }), 'Noor', names, t)).toBe(
      'Noor is op 2 januari 2026 gekomen op Kruisstraat 4.',
    );
  });

  it('does without names that may not be seen', () => {
    expect(sentenceOf(part({ placeId: 'elsewhere' }), 'Noor', names, t)).toBe(
      'Noor is gisteren verhuisd van De Haven, kamer 3 naar een andere plek.',
    );
  });

  it('says by when a ZRM has to be ready, and what one that was filled in gives reason to discuss', () => {
    const due = { eventType: 'nl.doorstroom.assessment.zrm-due-changed.v1', kind: 'late', codes: { due: 'periodic' } };
    expect(sentenceOf(part({ ...due, effectiveOn: '2026-03-17' }), 'Noor', names, t)).toBe(
      'De ZRM van Noor moet over 7 dagen klaar zijn.',
    );
    expect(sentenceOf(part({ ...due, codes: { due: 'baseline' }, effectiveOn: '2026-02-24' }), 'Noor', names, t)).toBe(
      'De nulmeting van Noor had op 24 februari 2026 klaar moeten zijn.',
    );
    const eventType = 'nl.doorstroom.assessment.zrm-submitted.v1';
    const codes = { particulars: 'particulars', drop: 'drop' };
    expect(sentenceOf(part({ eventType, kind: 'periodic', codes }), 'Noor', names, t)).toBe(
      'De ZRM van Noor is ingevuld. Er is terugval. Er zijn bijzonderheden.',
    );
  });

  it('knows the waiting list, and says something of what it does not know', () => {
    const eventType = 'nl.doorstroom.registration.waiting-list-changed.v1';
    expect(sentenceOf(part({ eventType, kind: 'offered' }), 'Noor', names, t)).toBe(
      'Aan Noor is een plek aangeboden: Kruisstraat 4.',
    );
    expect(sentenceOf(part({ eventType: 'other', kind: 'new-kind' }), 'Noor', names, t)).toBe(
      'Er is iets veranderd bij Noor.',
    );
  });

  it('speaks of a client whom the reader may not know, at any place in the sentence', () => {
    expect(sentenceOf(part({ kind: 'reservation', effectiveOn: '2026-03-12' }), undefined, names, t)).toBe(
      'Voor een cliënt is Kruisstraat 4 gereserveerd; een cliënt komt daar overmorgen.',
    );
    expect(sentenceOf(part({}), undefined, names, t)).toBe(
      'Een cliënt is gisteren verhuisd van De Haven, kamer 3 naar Kruisstraat 4.',
    );
  });
});

describe('who has a melding', () => {
  it('is called by name, and nobody is no colleague', () => {
    const known = { ...names, people: { daan: 'Daan Visser' } };
    expect(whoText('daan', known, t)).toBe('Daan Visser');
    expect(whoText('somebody', known, t)).toBe('een collega');
    expect(whoText('unassigned', known, t)).toBe('de meldingen zonder regisseur');
  });
});

describe('how many meldingen wait', () => {
  it('is written as people write it', () => {
    expect(t('finding', { count: 2011 })).toBe('2.011 meldingen wachten op jou.');
    expect(t('inbox.of', { name: 'Daan', count: 1000 })).toBe('Van Daan (1.000)');
  });
});
