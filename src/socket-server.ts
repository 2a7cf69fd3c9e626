import type { IncomingMessage } from 'node:http';
import { bearerOf, identify } from './lib/accounts/session.server.ts';
import type { App } from './lib/server/app.ts';
import type { Bus } from './lib/server/bus.ts';
import { createRedisBus } from './lib/server/redis-bus.ts';
import type { Identity } from './lib/server/sockets/identity.ts';
import { type AllowedOrigins, sameHost } from './lib/server/sockets/origins.ts';
import { Sessions } from './lib/server/sockets/sessions.ts';

/** What all sockets of this process have in common, whatever they are for. */
export interface SocketParts {
	/** Absent on a single node. */
	bus: Bus | undefined;
	sessions: Sessions;
	authenticate(request: IncomingMessage): Promise<Identity | null>;
	allowedOrigins: AllowedOrigins;
	close(): Promise<void>;
}

/** Joins sockets with accounts and with the other nodes: who opens one, and what the end of a session closes. */
export async function openSockets({
	backend,
	sql,
	config,
	log
}: Pick<App, 'backend' | 'sql' | 'config' | 'log'>): Promise<SocketParts> {
	const bus = config.redisUrl
		? await createRedisBus(config.redisUrl, (error) => log.warn({ reason: (error as Error).message }, 'redis'))
		: undefined;
	const sessions = new Sessions({ bus, log });
	await sql.listen('plenum_sessions', (payload) => {
		const { personId, sessionId } = JSON.parse(payload) as { personId: string; sessionId: string };
		sessions.end(personId, sessionId);
	});
	return {
		bus,
		sessions,
		async authenticate(request) {
			const bearer = bearerOf(request);
			return bearer ? identify({ backend, sql }, bearer) : null;
		},
		allowedOrigins: config.origin ? [config.origin] : sameHost,
		async close() {
			sessions.stop();
			await bus?.close();
		}
	};
}
