import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Leaves of what a request says about its way only what proxies of ours said: `x-forwarded-for` is then the visitor's
 * address, and `x-forwarded-proto` http or https. With no `hops` both are what the connection shows, whatever it says.
 */
export function believeProxies({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, hops: number): void {
	// Each proxy adds to the end; what stands further in front than ours reach, the visitor may have written.
	const addedBy = (name: string) => {
		const said = String(headers[name] ?? '')
			.split(',')
			.map((part) => part.trim());
		return hops > 0 ? (said.at(-hops) ?? said[0]) : '';
	};
	const [visitor, scheme] = [addedBy('x-forwarded-for'), addedBy('x-forwarded-proto')];
	for (const name of Object.keys(headers)) if (/^(x-)?forwarded/.test(name)) delete headers[name];
	headers['x-forwarded-for'] = isIP(visitor) ? visitor : socket.remoteAddress;
	headers['x-forwarded-proto'] = scheme === 'https' ? 'https' : 'http';
}
