/** An address of this application to go on to, as asked for in `?next=`; anything that could lead elsewhere becomes `/`. */
export function safeNext(asked: string | null | undefined): string {
	if (!asked || !/^\/(?![/\\])/.test(asked) || /[\u0000-\u001f\\]/.test(asked)) return '/';
	const base = 'http://plenum.invalid';
	const url = URL.canParse(asked, base) ? new URL(asked, base) : null;
	if (!url || url.origin !== base) return '/';
	const path = url.pathname + url.search + url.hash;
	// "/./ /evil" and the like come out of the parser with two slashes in front.
	return path.startsWith('//') ? '/' : path;
}

/** Where to sign in before going on to `path`. */
export function signInPath(path: string): string {
	return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
