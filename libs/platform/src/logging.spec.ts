import { describe, expect, it } from '@jest/globals';
import { forTheEye } from './logging.js';

describe('forTheEye', () => {
  const written = (entry: object): string => {
    let text = '';
    forTheEye({ write: (line: string | Uint8Array) => (text += String(line)) !== '' }).write(JSON.stringify(entry));
    return text;
  };

  it('makes a line of an entry, with who says it and the correlation id', () => {
    expect(written({ level: 'info', msg: 'ready' })).toBe('info  ready\n');
    expect(written({ level: 'warn', context: 'Relay', msg: 'waits', correlationId: 'c1' })).toBe(
      'warn  Relay: waits (c1)\n',
    );
  });

  it('shows the stack of an error below', () => {
    expect(written({ level: 'error', msg: 'x', err: { stack: 'Error: x\n  at y' } })).toBe(
      'error x\nError: x\n  at y\n',
    );
  });
});
