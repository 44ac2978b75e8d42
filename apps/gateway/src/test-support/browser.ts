/** What a browser does with cookies and redirects, for tests: one jar, redirects followed by hand. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Answers of the last walk, in order. */
  trail: { status: number; location: string | null }[] = [];

  constructor(private readonly home: string) {}

  /** One request, no redirect followed. A path is taken from home. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(new URL(path, this.home), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Follows redirects from a path until a page; the person `key` is chosen on the issuer's page. */
  async signIn(key: string, returnTo = '/'): Promise<Response> {
    this.trail = [];
    const page = await this.walk(`/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    if (!page.url.includes('/inloggen/')) return page.response;
    const chosen = await this.send(page.url, { method: 'POST', body: new URLSearchParams({ person: key }) });
    return (await this.walk(new URL(chosen.headers.get('location') ?? '', page.url).href)).response;
  }

  /** Follows redirects; stops at the first answer that is none, or that leads to a page of the web app. */
  async walk(path: string): Promise<{ response: Response; url: string }> {
    let url = new URL(path, this.home).href;
    for (let step = 0; step < 10; step += 1) {
      const response = await this.send(url);
      const location = response.headers.get('location');
      this.trail.push({ status: response.status, location });
      if (location === null) return { response, url };
      const next = new URL(location, url).href;
      if (url.includes('/auth/callback')) return { response, url: next };
      url = next;
    }
    throw new Error('too many redirects');
  }

  /** A change as a page of ours sends it: JSON, with the CSRF token and the origin. */
  async change(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const me = (await (await this.send('/v1/me')).json()) as { csrfToken?: string };
    return this.send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-csrf-token': me.csrfToken ?? '',
        origin: new URL(this.home).origin,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }

  private keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) return;
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
