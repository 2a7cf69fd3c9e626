import type { IncomingMessage, ServerResponse } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import type { App } from './app.ts';

/** Whether this process wants traffic; a stopping process does not. */
export interface Readiness {
	draining: boolean;
}

/** Answers `/livez`, `/readyz` and `/metrics`; false when the request is for somebody else. */
export async function answerHealth(request: IncomingMessage, response: ServerResponse, app: App, readiness: Readiness): Promise<boolean> {
	const path = request.url?.split('?')[0];
	if (path === '/livez') return answer(response, 200, 'ok');
	if (path === '/readyz') {
		if (readiness.draining) return answer(response, 503, 'draining');
		try {
			await app.sql.query('select 1');
			return answer(response, 200, 'ok');
		} catch {
			return answer(response, 503, 'database unavailable');
		}
	}
	if (path === '/metrics') {
		if (!mayReadMetrics(request, app.config.metricsToken)) return answer(response, 403, 'metrics are for this machine or a bearer token');
		response.setHeader('content-type', app.metrics.registry.contentType);
		return answer(response, 200, await app.metrics.registry.metrics());
	}
	return false;
}

// Behind a proxy every request comes from this machine, so a forwarded one needs the token.
function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
	const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (token && given && given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))) return true;
	const address = request.socket.remoteAddress ?? '';
	return !request.headers['x-forwarded-for'] && (address === '::1' || address.replace('::ffff:', '').startsWith('127.'));
}

function answer(response: ServerResponse, status: number, text: string): true {
	response.writeHead(status).end(text);
	return true;
}
