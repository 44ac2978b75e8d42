/** Where the browser goes after signing in: a path of our own, never an address elsewhere. */
export function safeReturnTo(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 2_000) return '/';
  // Backslashes and control characters count as slashes or nothing for some browsers: `/\evil.example`.
  if (!asked.startsWith('/') || /^\/[/\\]/.test(asked) || /[\p{Cc}\\]/u.test(asked)) return '/';
  const base = 'http://doorstroom.invalid';
  const url = URL.canParse(asked, base) ? new URL(asked, base) : undefined;
  if (url?.origin !== base) return '/';
  // Taking out dots may leave two slashes in front, which is an address elsewhere: `/.//evil.example`.
  if (url.pathname.startsWith('//')) return '/';
  // Sending somebody back into signing in or out would be a loop.
  return url.pathname.startsWith('/auth/') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
