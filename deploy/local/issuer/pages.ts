import { DEMO_ORGANISATIONS, type DemoPerson } from './demo-people.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { line-height: 1.25; }
.warning { border-left: 0.375rem solid #b35900; padding: 0.5rem 1rem; margin: 1rem 0; }
ul { list-style: none; padding: 0; display: grid; gap: 0.5rem; }
button { font: inherit; width: 100%; text-align: left; padding: 0.75rem 1rem; border: 1px solid currentColor;
  border-radius: 0.25rem; background: Canvas; color: CanvasText; cursor: pointer; }
button:hover { text-decoration: underline; }
button:focus-visible { outline: 0.1875rem solid Highlight; outline-offset: 0.1875rem; }
.name { font-weight: 700; display: block; }
`;

/** The page on which a demo person is chosen. Plain HTML with no outside assets; the buttons work without script. */
export function choosePersonPage(action: string, people: readonly DemoPerson[]): string {
  const buttons = people.map(
    ({ key, name, work, organisation }) =>
      `<li><button type="submit" name="person" value="${escape(key)}"><span class="name">${escape(name)}</span>` +
      `${escape(work)} · ${escape(organisationName(organisation))}</button></li>`,
  );
  return page(
    'Kies wie je bent',
    `<p class="warning"><strong>Alleen voor demonstratie.</strong> Iedereen die deze pagina kan openen, kan hier zonder
wachtwoord inloggen. Alle personen zijn verzonnen. Gebruik hier geen echte gegevens.</p>
<form method="post" action="${escape(action)}"><ul>${buttons.join('\n')}</ul></form>`,
  );
}

/** The page that ends the session at the issuer by itself; the button serves browsers without script. */
export function signOutPage(form: string): string {
  return page(
    'Uitloggen',
    `${form.replace('</form>', '')}<input type="hidden" name="logout" value="yes"><p>Je wordt uitgelogd.</p>
<button type="submit">Uitloggen</button></form><script>document.forms[0].submit()</script>`,
  );
}

/** After signing out without a way back. */
export function signedOutPage(publicUrl: string): string {
  return page('Je bent uitgelogd', `<p><a href="${escape(publicUrl)}">Terug naar Doorstroom</a></p>`);
}

/** Something is wrong with the request to sign in; `code` is OAuth's own error code. */
export function errorPage(code: string, detail: string, publicUrl: string): string {
  return page(
    'Inloggen lukte niet',
    `<p>Ga <a href="${escape(publicUrl)}">terug naar Doorstroom</a> en probeer het opnieuw.</p>
<p>Melding van de inlogdienst: <code>${escape(code)}</code> ${escape(detail)}</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)} · Doorstroom (demo)</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

function organisationName(key: string): string {
  return DEMO_ORGANISATIONS.find((organisation) => organisation.key === key)?.name ?? key;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
