import { fieldProblem } from '#contracts/refusal.js';
import { UnreadableFile } from './table.js';

/** Text with the encoding in which it was written. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** Bytes that windows-1252 does not have. */
const NOT_IN_1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Tab, line feed, vertical tab (a line break within an Excel cell), form feed, carriage return. */
const ALLOWED_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d]);

/**
 * Reads bytes as text without guessing: a byte order mark decides; else it is UTF-8 when every byte fits; else
 * windows-1252, as older systems in the Netherlands write it, when every byte fits that and nothing looks like UTF-8
 * with a broken byte.
 * @throws UnreadableFile `file-encoding-unreadable`
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return strict(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return strict(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return strict(bytes, 'utf-16be');
  if (isUtf8(bytes)) return strict(bytes, 'utf-8');
  if (!fits1252(bytes) || hasUtf8Letters(bytes)) throw unreadable();
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
}

function strict(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): DecodedText {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (hasOddControls(text)) throw unreadable();
    return { text, encoding };
  } catch (error) {
    throw error instanceof UnreadableFile ? error : unreadable();
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function hasOddControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && !ALLOWED_CONTROLS.has(code)) return true;
  }
  return false;
}

function fits1252(bytes: Uint8Array): boolean {
  return bytes.every((byte) => !NOT_IN_1252.has(byte) && (byte >= 0x20 || ALLOWED_CONTROLS.has(byte)));
}

/** An accented letter as UTF-8 writes it; in windows-1252 it would be a pair like Ã©, which no name has. */
function hasUtf8Letters(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => {
    const next = bytes[index + 1] ?? 0;
    return byte >= 0xc3 && byte <= 0xc5 && next >= 0x80 && next <= 0xbf;
  });
}

function unreadable(): UnreadableFile {
  return new UnreadableFile([fieldProblem('', 'file-encoding-unreadable')]);
}
