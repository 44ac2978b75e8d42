import { describe, expect, it } from '@jest/globals';
import { refuseSmallMessages } from './message-size.js';

describe('a broker', () => {
  it('that carries less than is sent is refused at the start, with the setting to change', () => {
    expect(() => refuseSmallMessages(1024 * 1024)).toThrow('at most 1048576 bytes; set its max_payload to 4MB');
  });

  it.each([4 * 1024 * 1024, 8 * 1024 * 1024, undefined])('that carries %s bytes is not', (most) => {
    expect(() => refuseSmallMessages(most)).not.toThrow();
  });
});
