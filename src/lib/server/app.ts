import type { SyncEngine } from '../collab/engine.server.ts';
import type { HandOver } from '../collab/late-work/hand-over.server.ts';
import type { Anchors } from '../comments/anchors.server.ts';
import type { Proposing } from '../comments/proposals/proposing.server.ts';
import type { LayOut } from '../documents/library/lay-out.server.ts';
import type { Restoring } from '../versions/restoring.server.ts';
import type { Backend } from './backend/backend.ts';
import type { Config } from './config.ts';
import type { Files } from './files/files.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sockets/sessions.ts';
import type { Sql } from './sql.ts';

/** What one process holds once, whoever loads this module. */
export interface App {
	version: string;
	config: Config;
	backend: Backend;
	sql: Sql;
	files: Files;
	log: Logger;
	metrics: Metrics;
	sessions: Sessions;
	sync: SyncEngine;
	/** Here and not in the pages' bundle, which has classes of its own for what texts consist of. */
	handOver: HandOver;
	/** For the same reason. */
	anchors: Anchors;
	/** For the same reason. */
	layOut: LayOut;
	/** For the same reason. */
	restoring: Restoring;
	/** For the same reason. */
	proposing: Proposing;
	setupToken: string;
}

const KEY = Symbol.for('plenum.app');

/** The process's singletons. They live on globalThis because the entry and SvelteKit's bundle load this module separately. */
export function app(): App {
	const found = (globalThis as Record<symbol, unknown>)[KEY];
	if (!found) throw new Error('Plenum is not started: run it through src/main.ts');
	return found as App;
}

/** Called once by the process entry. */
export function provideApp(value: App): void {
	(globalThis as Record<symbol, unknown>)[KEY] = value;
}
