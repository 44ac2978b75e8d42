import { describe, expect, it, jest } from '@jest/globals';

import { zrmWorklists } from '#contracts/assessment/codes.js';

import { NAVIGATION, ZRM_PAGES } from '../../app/navigation.js';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { listAt, nextStepOf } = await import('./worklists.js');

const due = (kind: 'baseline' | 'target' | 'periodic', held = false) => {
  return { kind, held };
};
const client = { due: [], drafts: [], lacks: [] };
const draft = (kind: 'baseline' | 'periodic') => ({ measurementId: `draft-${kind}`, kind });

describe('the lists of ZRMs', () => {
  it('stand at the address that the navigation leads to, each on its own', () => {
    const pages = ZRM_PAGES.filter(({ key }) => zrmWorklists.some((list) => list === key));
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.map(({ to }) => listAt(to))).toEqual(pages.map(({ key }) => key));
    expect(listAt('/zrm/')).toBe('late');
    expect(NAVIGATION.find(({ key }) => key === 'zrm')?.to).toBe('/zrm');
  });

  it('offer to begin what is expected first', () => {
    expect(nextStepOf({ ...client, due: [due('target'), due('periodic')] })).toEqual({ step: 'begin', kind: 'target' });
    expect(nextStepOf({ ...client, lacks: ['baseline', 'target'] })).toEqual({ step: 'begin', kind: 'baseline' });
  });

  it('offer to go on with a draft of what is expected, or else with any other', () => {
    const drafts = [draft('baseline'), draft('periodic')];
    const goOn = { step: 'go-on', kind: 'periodic', measurementId: 'draft-periodic' };
    expect(nextStepOf({ ...client, due: [due('periodic')], drafts })).toEqual(goOn);
    expect(nextStepOf({ ...client, due: [due('target')], drafts: [draft('periodic')] })).toEqual(goOn);
  });

  it('offer nothing when nothing is waited for, or the client is away', () => {
    expect(nextStepOf(client)).toBeUndefined();
    expect(nextStepOf({ ...client, due: [due('periodic', true)] })).toBeUndefined();
  });
});
