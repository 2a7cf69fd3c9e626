const BEARER = /^Bearer \S/i;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request would change something in a visitor's name on behalf of another site. Browsers send Origin with every
 * such request, so one without it comes from a program; a Bearer token is never sent by a browser on its own.
 */
export function isForeignWrite(request: Pick<Request, 'method' | 'headers'>, ownOrigin: string): boolean {
	if (SAFE_METHODS.has(request.method)) return false;
	if (BEARER.test(request.headers.get('authorization') ?? '')) return false;
	const origin = request.headers.get('origin');
	if (origin !== null) return origin !== ownOrigin;
	return request.headers.get('sec-fetch-site') === 'cross-site';
}

/**
 * Whether a page of ours or a program with a token asks. A link from elsewhere brings the cookie along, so what is noted in
 * a person's name is answered to nobody else.
 */
export function isOwnRead({ headers }: Pick<Request, 'headers'>, ownOrigin: string): boolean {
	if (BEARER.test(headers.get('authorization') ?? '')) return true;
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin';
	// Over plain HTTP browsers do not say from where they ask; our pages tell their address to us alone (Referrer-Policy).
	const referer = headers.get('referer');
	return referer !== null && URL.canParse(referer) && new URL(referer).origin === ownOrigin;
}
