import { describe, expect, it } from '@jest/globals';
import { isReadableText } from './readable-text.js';

describe('a text that a person can read', () => {
  it.each(['Noor de Wit', 'Šükrü Yıldız-Çelik', 'نور', '\u200fשרה', 'می\u200cخواهم', '👩‍👧', 'regel\r\nregel\t2', ''])(
    'can be %j',
    (text) => {
      expect(isReadableText(text)).toBe(true);
    },
  );

  it.each(['Noor\u0000', '\u001b[31mrood', 'Noor\u202Egnp.exe', '\u2066x', '\ud83d', 'x\uffff', '\u0085', '\ufff9x'])(
    'is never %j',
    (text) => {
      expect(isReadableText(text)).toBe(false);
    },
  );
});
