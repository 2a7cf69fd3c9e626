import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { Counters } from '../server/counters.ts';
import type { Sql } from '../server/sql.ts';
import type { Identity } from '../server/sockets/identity.ts';
import type { AllowedOrigins } from '../server/sockets/origins.ts';
import type { SocketLog } from '../server/sockets/report.ts';
import type { Sessions } from '../server/sockets/sessions.ts';
import { SocketDoor } from '../server/sockets/socket-door.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.server.ts';
import { Listener } from './listener.server.ts';
import { CLOSE, LIVE_PATH, type TopicKind } from './protocol.ts';
import { COUNTERS, type LiveCounter } from './report.server.ts';
import { Rights } from './rights.server.ts';
import { type Source, Topics } from './topics.server.ts';

const CLOCK_MS = 1_000;
/** Sockets that do not finish the closing handshake in this time are cut when the process stops. */
const FAREWELL_MS = 1_000;

export interface LiveOptions {
	log: SocketLog;
	sql: Pick<Sql, 'listen' | 'transaction'>;
	authenticate(request: IncomingMessage): Promise<Identity | null>;
	allowedOrigins: AllowedOrigins;
	/** Ends and renews the sockets of sessions (LS2). */
	sessions?: Sessions;
	/** What the process pushes itself, by the kind of its topics (AN6). */
	sources?: Partial<Record<TopicKind, Source>>;
	limits?: Partial<LiveLimits>;
}

/** Tells pages what changed elsewhere, one per process. SPEC.md says what it promises. */
export interface Live {
	/** Takes over an HTTP upgrade at `/live`. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	stats(): { connections: number; topics: number };
	readonly counters: Counters<LiveCounter>;
	/** Closes everybody with 1012; they come back to whichever node is there. */
	drain(): Promise<void>;
}

const Announcement = v.object({ topic: v.string(), kind: v.string(), id: v.string() });
/** The notices of a change of access say whom it may concern; the fields narrow each other. */
const AccessScope = v.object({
	documentId: v.nullish(v.string()),
	personId: v.nullish(v.string()),
	workspaceId: v.nullish(v.string())
});

/** Whether an upgrade is for a live socket. */
export function isLive(url: string | undefined): boolean {
	return url?.split('?')[0] === LIVE_PATH;
}

/** Resolves when this node hears the database. */
export async function startLive(options: LiveOptions): Promise<Live> {
	const { sql, log } = options;
	const limits = { ...LIVE_LIMITS, ...options.limits };
	const counters = new Counters<LiveCounter>(COUNTERS);
	const listeners = new Set<Listener>();
	const topics = new Topics(limits, options.sources ?? {});
	const services = { limits, log, metrics: counters, rights: new Rights(sql, limits.admitMs), topics };

	const door = new SocketDoor({
		limits,
		log,
		metrics: counters,
		allowedOrigins: options.allowedOrigins,
		readTarget: (url) => (isLive(url) ? {} : null),
		describe: () => ({}),
		authenticate: options.authenticate,
		// Anybody who is signed in may listen; to what is asked for each topic.
		grant: async () => ({ grant: null }),
		places: (_, { personId }) => [{ key: personId, most: limits.connectionsPerPerson }],
		onAdmitted: (admitted) => {
			const listener = new Listener(admitted, services);
			listeners.add(listener);
			counters.count('connections_opened');
			listener.whenClosed(({ code, reason }) => {
				listeners.delete(listener);
				listener.leaveAll();
				counters.count('connections_closed', 1, String(code));
				listener.journal.debug('live connection closed', {
					personId: listener.identity.personId,
					code,
					reason,
					...listener.traffic
				});
			});
			if (admitted.visit.ended) listener.close(CLOSE.unauthenticated, 'signed out');
		}
	});
	options.sessions?.watch({ sockets: listeners, visits: door.visits });

	const announced = (payload: string) => {
		counters.count('notices');
		const { topic, kind, id } = v.parse(Announcement, JSON.parse(payload));
		topics.get(topic)?.announce({ kind, id });
	};
	const accessChanged = (payload: string) => {
		const { documentId, personId } = v.parse(AccessScope, JSON.parse(payload));
		for (const listener of listeners) {
			if (personId && listener.identity.personId !== personId) continue;
			if (documentId && !listener.isConcerned(`document:${documentId}`)) continue;
			listener.check();
		}
	};
	const missed = () => {
		counters.count('gaps');
		topics.tellGap();
		for (const listener of listeners) listener.check();
	};
	const stopHearing = [await sql.listen('plenum_live', announced, missed), await sql.listen('plenum_access', accessChanged)];

	const clock = setInterval(() => {
		const now = Date.now();
		for (const listener of listeners) listener.tick(now);
	}, CLOCK_MS).unref();

	return {
		handleUpgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
		stats: () => ({ connections: listeners.size, topics: topics.size }),
		counters,
		async drain() {
			door.close();
			clearInterval(clock);
			await Promise.all(stopHearing.map((stop) => stop()));
			for (const listener of [...listeners]) listener.close(CLOSE.restart, 'restarting');
			await door.farewell(FAREWELL_MS);
		}
	};
}
