import type { IncomingMessage, ServerResponse } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { inTime } from '../base/in-time.ts';
import type { App } from './app.ts';
import { bearerIn } from './bearer.ts';

/** Whether this process wants traffic; a stopping process does not. */
export interface Readiness {
	draining: boolean;
}

/** A database that does not answer by then counts as gone: probes have little patience. */
const DATABASE_MS = 2_000;

/** Answers `/livez`, `/readyz` and `/metrics`; false when the request is for somebody else. */
export async function answerHealth(
	request: IncomingMessage,
	response: ServerResponse,
	app: App,
	readiness: Readiness
): Promise<boolean> {
	const path = request.url?.split('?')[0];
	if (path === '/livez') return answer(response, 200, 'ok');
	if (path === '/readyz') {
		if (readiness.draining) return answer(response, 503, 'draining');
		return (await databaseAnswers(app)) ? answer(response, 200, 'ok') : answer(response, 503, 'database unavailable');
	}
	if (path === '/metrics') {
		if (!mayReadMetrics(request, app.config.metricsToken))
			return answer(response, 403, 'metrics are for this machine or a bearer token');
		response.setHeader('content-type', app.metrics.registry.contentType);
		return answer(response, 200, await app.metrics.registry.metrics());
	}
	return false;
}

async function databaseAnswers({ sql }: Pick<App, 'sql'>): Promise<boolean> {
	return inTime(sql.query('select 1'), DATABASE_MS, 'no answer').then(
		() => true,
		() => false
	);
}

// Behind a proxy every request comes from this machine, so a forwarded one needs the token.
function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
	const given = bearerIn(request.headers.authorization);
	if (token && given && given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))) return true;
	const address = request.socket.remoteAddress ?? '';
	return !request.headers['x-forwarded-for'] && (address === '::1' || address.replace('::ffff:', '').startsWith('127.'));
}

function answer(response: ServerResponse, status: number, text: string): true {
	response.writeHead(status).end(text);
	return true;
}
