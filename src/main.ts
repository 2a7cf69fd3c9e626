import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createHandOver } from './lib/collab/late-work/hand-over.server.ts';
import { moveImages } from './lib/documents/library/move-images.server.ts';
import { provideApp, type App } from './lib/server/app.ts';
import { openBackend } from './lib/server/backend/backend.ts';
import { offerCopies } from './lib/server/backend/copies.ts';
import { buildWhenNeeded } from './lib/server/build-when-needed.ts';
import { forEverybody } from './lib/server/callers.ts';
import { readConfig } from './lib/server/config.ts';
import { takeConsole } from './lib/server/console.ts';
import { openFiles } from './lib/server/files/open-files.ts';
import { believeProxies } from './lib/server/forwarded.ts';
import { answerHealth, type Readiness } from './lib/server/health.ts';
import { createLog } from './lib/server/log.ts';
import { createMetrics } from './lib/server/metrics.ts';
import { runOrExplain } from './lib/server/run-or-explain.ts';
import { VERSION } from './lib/server/version.ts';
import { startWork } from './job-server.ts';
import { isLive } from './lib/live/live.server.ts';
import { openLive } from './live-server.ts';
import { openSockets } from './socket-server.ts';
import { createLayOut } from './lib/documents/library/lay-out.server.ts';
import { createAnchors } from './lib/comments/anchors.server.ts';
import { createProposing } from './lib/comments/proposals/proposing.server.ts';
import { createRestoring } from './lib/versions/restoring.server.ts';
import { startSync } from './sync-server.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SHUTDOWN_MS = 25_000;

/** Starts Plenum: database, pages, sync. Nothing listens before everything is ready. */
async function main(): Promise<void> {
	const development = process.argv.includes('--dev');
	const config = readConfig();
	const log = createLog(config.logLevel);
	process.on('uncaughtException', (err) => {
		log.fatal({ err }, 'the process cannot go on');
		process.exit(1);
	});
	if (!development) takeConsole(log); // Vite has much to say in development
	if (!development) buildWhenNeeded(ROOT, (text) => log.info(text));

	const { backend, sql, setupToken, makeCopy, lost, close } = await openBackend(
		config,
		log,
		development ? 'npm run dev' : 'npm start'
	);
	void lost.then((reason) => {
		// Nothing of what was taken since is acknowledged, and only a new process can open the database again.
		log.fatal({ reason: reason.message }, 'the embedded database broke down; start Plenum again');
		process.exit(1);
	});
	const metrics = createMetrics();
	const files = await openFiles(config, sql, log);
	await moveImages({ sql, files, log });
	const sockets = await openSockets({ backend, sql, config, log });
	const parts = {
		version: VERSION,
		config,
		backend,
		sql,
		files,
		log,
		metrics,
		sessions: sockets.sessions,
		setupToken
	};
	const sync = await startSync(parts, sockets);
	const app: App = {
		...parts,
		sync,
		handOver: createHandOver({ sql, log, sync }),
		anchors: createAnchors(sync),
		layOut: createLayOut({ sql: forEverybody(sql), log, sync }),
		restoring: createRestoring({ sync }),
		proposing: createProposing(sync)
	};
	const live = await openLive(app, sockets);
	const work = await startWork(app);
	provideApp(app);

	const readiness: Readiness = { draining: false };
	const server = createServer();
	const pages = development ? await developmentPages(server) : await builtPages(app);
	server.on('request', async (request, response) => {
		if (await answerHealth(request, response, app, readiness)) return;
		believeProxies(request, config.proxyHops);
		readPast(request, response);
		pages(request, response);
	});
	server.on('upgrade', (request, socket, head) => {
		if (request.url?.startsWith('/collab/')) app.sync.handleUpgrade(request, socket, head);
		else if (isLive(request.url)) live.handleUpgrade(request, socket, head);
		else if (!development) socket.destroy();
	});
	const offerNoMore =
		config.size.kind === 'embedded' && makeCopy ? await offerCopies(config.size.dataDir, makeCopy, log) : () => {};
	await listen(server, config.port, config.host);
	await announce(app, server);

	let stopping = false;
	const stop = async (signal: string) => {
		if (stopping) return;
		stopping = readiness.draining = true;
		log.info({ signal }, 'draining');
		setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
		server.close();
		server.closeIdleConnections();
		await work.stop();
		await Promise.all([app.sync.drain(), live.drain()]);
		await sockets.close();
		offerNoMore();
		await close();
		log.info('stopped');
		process.exit(0);
	};
	process.on('SIGTERM', () => void stop('SIGTERM'));
	process.on('SIGINT', () => void stop('SIGINT'));
}

async function builtPages(app: App): Promise<RequestListener> {
	if (app.config.origin) process.env.ORIGIN = app.config.origin;
	// SvelteKit takes the scheme from the first when ORIGIN is not set, and visitors from the second: see forwarded.ts.
	process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
	process.env.ADDRESS_HEADER = 'x-forwarded-for';
	process.env.XFF_DEPTH = '1';
	process.env.BODY_SIZE_LIMIT = `${app.config.maxUploadMb + 1}M`;
	const { handler } = (await import(pathToFileURL(resolve(ROOT, 'build/handler.js')).href)) as { handler: RequestListener };
	return handler;
}

async function developmentPages(server: Server): Promise<RequestListener> {
	const { createServer: createVite } = await import('vite');
	const vite = await createVite({ root: ROOT, server: { middlewareMode: true, hmr: { server } }, appType: 'custom' });
	return vite.middlewares;
}

/** What nobody has read of a body when its request is answered would hold up the next request of the connection. */
function readPast(request: IncomingMessage, response: ServerResponse): void {
	response.once('finish', () => {
		if (!request.readableEnded) request.removeAllListeners('data').resume();
	});
}

function listen(server: Server, port: number, host: string): Promise<void> {
	return new Promise((ready, fail) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			fail(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken; stop what uses it or set another PORT.`) : error);
		});
		server.listen(port, host, ready);
	});
}

async function announce(app: App, server: Server): Promise<void> {
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : app.config.port;
	const home = app.config.origin ?? `http://localhost:${port}`;
	app.log.info({ size: app.config.size.kind, version: app.version, node: app.sync.node }, 'ready');
	const [first] = await app.sql.query('select 1 from public.workspaces limit 1');
	const setUp = first ? '' : `  Set up the first workspace (once): ${home}/setup?token=${app.setupToken}\n`;
	process.stdout.write(`\n  Plenum ${app.version}: ${home}\n${setUp}\n`);
}

await runOrExplain(main);
