import { describe, expect, it } from '@jest/globals';

import { EventStreamParser } from './event-stream.js';

describe('EventStreamParser', () => {
  it('gives a message once its empty line arrives, whatever way the text was cut', () => {
    const text = 'id: 7\nevent: melding\ndata: {"a":\ndata: 1}\n\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new EventStreamParser();
      const messages = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))];
      expect(messages).toEqual([{ id: '7', event: 'melding', data: '{"a":\n1}' }]);
    }
  });

  it('passes over comments and remembers the last id for the next connection', () => {
    const parser = new EventStreamParser();
    expect(parser.push(': still here\n\nid: 8\ndata: x\n\n: bye\n')).toEqual([
      { id: '8', event: 'message', data: 'x' },
    ]);
    expect(parser.lastEventId).toBe('8');
  });

  it('takes carriage returns as line ends', () => {
    expect(new EventStreamParser().push('data: a\r\ndata: b\r\n\r\n')).toEqual([
      { id: '', event: 'message', data: 'a\nb' },
    ]);
  });
});
