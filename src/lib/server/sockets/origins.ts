import type { IncomingMessage } from 'node:http';

/** Origins whose pages may open sockets: a list, or a rule of the caller's own. */
export type AllowedOrigins = readonly string[] | ((origin: string, request: IncomingMessage) => boolean);

/** True when the page that opens the socket may. Programs send no Origin; browsers always do, and cannot forge it. */
export function originAllowed(request: IncomingMessage, allowed: AllowedOrigins): boolean {
	const { origin } = request.headers;
	if (origin === undefined) return true;
	return typeof allowed === 'function' ? allowed(origin, request) : allowed.includes(origin);
}

/** The rule without ORIGIN, for local use: a page may open sockets to the host it came from and to no other. */
export function sameHost(origin: string, request: IncomingMessage): boolean {
	return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
