import { join } from 'node:path';
import { ServerProcess } from './server-process.ts';
import { type Wire, WIRES } from './wire.ts';

export type ServerName = keyof typeof WIRES;

interface ServerKind {
	title: string;
	script: string;
	wire: Wire;
	/** What it means when this server answers an edit; null when it does not answer. */
	answer: string | null;
	/** Can give back a document after a restart. */
	stores: boolean;
}

export const SERVERS: Record<ServerName, ServerKind> = {
	ours: {
		title: 'Plenum',
		script: join(import.meta.dirname, 'servers/ours.ts'),
		wire: WIRES.ours,
		answer: 'committed to Postgres',
		stores: true
	},
	hocuspocus: {
		title: 'Hocuspocus',
		script: join(import.meta.dirname, 'peers/hocuspocus/server.js'),
		wire: WIRES.hocuspocus,
		answer: 'in memory; stored 2–10 s later',
		stores: true
	},
	'y-websocket': {
		title: 'y-websocket-server',
		script: join(import.meta.dirname, 'peers/y-websocket/server.js'),
		wire: WIRES['y-websocket'],
		answer: null,
		stores: true
	},
	relay: {
		title: 'ws relay',
		script: join(import.meta.dirname, 'servers/relay.ts'),
		wire: WIRES.relay,
		answer: null,
		stores: false
	}
};

export const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

/** Starts a server on this database; a `folder` gives y-websocket's server its store, without which it has none. */
export function startServer(name: ServerName, settings: { database: string; folder?: string }): Promise<ServerProcess> {
	return ServerProcess.start(SERVERS[name].script, settings);
}
