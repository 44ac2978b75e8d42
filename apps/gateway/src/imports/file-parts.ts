/** Cuts a stream into parts of one size; the last may be shorter. Nothing comes of an empty stream. */
export async function* partsOf(stream: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    held.push(piece);
    length += piece.length;
    if (length < size) continue;
    let whole = Buffer.concat(held);
    for (; whole.length >= size; whole = whole.subarray(size)) yield whole.subarray(0, size);
    held = [whole];
    length = whole.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** First bytes of kinds of file that people send by mistake. */
const OTHER_KINDS = [
  [0xd0, 0xcf, 0x11, 0xe0], // Old Excel, Word
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x1f, 0x8b], // gzip
  [0x7b, 0x5c, 0x72, 0x74], // RTF
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Whether the beginning of a file can be that of a CSV or XLSX file; the service looks closer. */
export function looksReadable(start: Buffer): boolean {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte);
  if (OTHER_KINDS.some(startsWith)) return false;
  if (startsWith(ZIP) || startsWith([0xff, 0xfe]) || startsWith([0xfe, 0xff])) return true;
  return !start.includes(0);
}
