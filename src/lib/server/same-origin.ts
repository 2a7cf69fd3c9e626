const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request would change something in a visitor's name on behalf of another site. Browsers send Origin with every
 * such request, so one without it comes from a program; a Bearer token is never sent by a browser on its own.
 */
export function isForeignWrite(request: Pick<Request, 'method' | 'headers'>, ownOrigin: string): boolean {
	if (SAFE_METHODS.has(request.method)) return false;
	if (/^Bearer \S/i.test(request.headers.get('authorization') ?? '')) return false;
	const origin = request.headers.get('origin');
	if (origin !== null) return origin !== ownOrigin;
	return request.headers.get('sec-fetch-site') === 'cross-site';
}
