/** A text that a spreadsheet would take for a formula gets an apostrophe in front (CSV injection). */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** One line of a CSV file with semicolons, as Dutch Excel reads and writes them. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(safeCell(cell))).join(';')}\r\n`;
}

/** Says to spreadsheets that a file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

function quoted(text: string): string {
  return /[";\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
