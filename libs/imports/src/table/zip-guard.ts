import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { fieldProblem } from '#contracts/refusal.js';
import { UnreadableFile } from './table.js';

/** Most that the parts of a workbook may unpack to together, bytes. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** Says that the real number stands elsewhere. */
const ZIP64_COUNT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly start: number;
}

/**
 * Unpacks every part of a ZIP file within a bound, so that a small file that unpacks to gigabytes is refused before
 * anything else opens it. The sizes that the file claims are not believed. Only the plainest form is taken, which every
 * spreadsheet program writes: in any other, what opens it next may find other parts than those that were looked at here.
 * @throws UnreadableFile `file-unpacks-too-large`, or `file-format-unreadable` when it is no sound ZIP file
 */
export async function guardUnpacking(zip: Buffer, limit = MAX_UNPACKED_BYTES): Promise<void> {
  let left = limit;
  for (const { method, packed, start } of entriesOf(zip)) {
    const unpacked = method === STORED ? packed : await inflatedSize(zip.subarray(start, start + packed), left);
    left -= unpacked;
    if (left < 0) throw tooLarge(limit);
  }
}

/** Unpacked outside the main thread. */
const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

async function inflatedSize(data: Buffer, left: number): Promise<number> {
  try {
    return (await inflate(data, { maxOutputLength: left + 1 })).length;
  } catch (error) {
    if (isOverflow(error)) return left + 1;
    throw unreadable();
  }
}

function isOverflow(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(signature(END_OF_DIRECTORY));
  if (end < 0 || end + 22 > zip.length) throw unreadable();
  const count = zip.readUInt16LE(end + 10);
  const size = zip.readUInt32LE(end + 12);
  let at = zip.readUInt32LE(end + 16);
  const isOneDisk = zip.readUInt32LE(end + 4) === 0 && zip.readUInt16LE(end + 8) === count;
  // Something before the file moves all places in it for some readers; other marks make them look for a second directory.
  if (!isOneDisk || count === ZIP64_COUNT || at + size !== end) throw unreadable();
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw unreadable();
    entries.push(entryAt(zip, at));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  // Some readers go on while there are entries, however many there should be.
  if (at !== end) throw unreadable();
  return entries;
}

function entryAt(zip: Buffer, at: number): Entry {
  const method = zip.readUInt16LE(at + 10);
  const packed = zip.readUInt32LE(at + 20);
  const local = zip.readUInt32LE(at + 42);
  if ((method !== STORED && method !== DEFLATED) || local + 30 > zip.length) throw unreadable();
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (start + packed > zip.length) throw unreadable();
  return { method, packed, start };
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function unreadable(): UnreadableFile {
  return new UnreadableFile([fieldProblem('', 'file-format-unreadable')]);
}

function tooLarge(limit: number): UnreadableFile {
  const max = `${Math.round(limit / (1024 * 1024))} MB`;
  return new UnreadableFile([fieldProblem('', 'file-unpacks-too-large', { max })]);
}
