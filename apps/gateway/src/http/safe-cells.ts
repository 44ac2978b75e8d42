/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front (CSV injection). A spreadsheet that
 * separates by commas or tabs cuts our cells there, so that a formula may also begin within one.
 */
export function safeCell(text: string): string {
  return text.replace(/^[=+\-@\t\r\n]/, "'$&").replace(/([,;\t\r\n]["\s]*)([=+\-@])/g, "$1'$2");
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
