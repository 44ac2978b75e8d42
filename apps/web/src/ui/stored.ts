/** Small choices kept on this computer (never client data): language, theme, columns. Storage may be refused; then they last a page. */
const PREFIX = 'doorstroom.';

export function readStored(name: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without storage the choice simply does not outlive the page.
  }
}
