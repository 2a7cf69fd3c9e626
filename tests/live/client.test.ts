import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LiveSocket, type TopicListener } from '../../src/lib/live/client/live-socket.ts';
import { Refetch } from '../../src/lib/live/client/refetch.ts';
import { embeddedShelf, type Shelf } from '../support/shelf.ts';
import { tcpProxy, type TcpProxy } from '../sync/support/tcp-proxy.ts';
import { until } from '../sync/support/wait.ts';
import { type ServedLive, serveLive, setStage, type Stage } from './support/stage.ts';

let shelf: Shelf;
let stage: Stage;
let served: ServedLive;
let way: TcpProxy;
let expiresAt: number | undefined;
let isSignedIn = true;
let renewals = 0;
const stops: (() => void)[] = [];

beforeAll(async () => {
	shelf = await embeddedShelf();
	stage = await setStage(shelf);
});
beforeEach(async () => {
	expiresAt = undefined;
	isSignedIn = true;
	renewals = 0;
	served = await serveLive(shelf.sql, { expiresAt: () => expiresAt });
	way = await tcpProxy('127.0.0.1', served.port);
});
afterEach(async () => {
	for (const stop of stops.splice(0)) stop();
	await way.close();
	await served.stop();
});
afterAll(() => shelf.close());

const library = () => `workspace:${stage.workspaceId}`;

/** The socket of one tab of a person. */
function tab(person = stage.owner, silentMs?: number): LiveSocket {
	class AsPerson extends WebSocket {
		constructor(url: string) {
			super(url, { headers: { authorization: `Bearer ${person}` } });
		}
	}
	return new LiveSocket({
		url: `ws://127.0.0.1:${way.port}/live`,
		silentMs,
		WebSocket: AsPerson as unknown as typeof globalThis.WebSocket,
		renewSession: async () => {
			renewals++;
			expiresAt = undefined;
			return isSignedIn;
		}
	});
}

/** Listens and keeps what is heard. */
function listen(socket: LiveSocket, topic: string): string[] & { stop(): void } {
	const heard: string[] = [];
	const listener: TopicListener = {
		joined: () => void heard.push('joined'),
		changed: ({ kind }) => void heard.push(`changed ${kind}`),
		ended: (why) => void heard.push(`ended ${why}`),
		lost: () => void heard.push('lost')
	};
	const stop = socket.listen(topic, listener);
	stops.push(stop);
	return Object.assign(heard, { stop });
}

test('[PG1] a tab has one socket for all its topics, and none when it listens to nothing', async () => {
	const socket = tab();
	const document = `document:${await stage.newDocument()}`;
	const [one, again, other] = [listen(socket, library()), listen(socket, library()), listen(socket, document)];
	await until('all have joined', () => [one, again, other].every(([first]) => first === 'joined'));
	const late = listen(socket, library());
	expect([...late]).toEqual(['joined']);
	expect(served.live.stats()).toEqual({ connections: 1, topics: 2 });
	one.stop();
	await stage.newDocument();
	await until('the others hear', () => again.length > 1 && late.length > 1);
	expect([...one]).toEqual(['joined']);
	for (const listening of [again, other, late]) listening.stop();
	await until('the socket is gone', () => served.live.stats().connections === 0);
	const next = listen(socket, library());
	await until('a new one', () => next.length > 0);
});

test('[PG2] a lost socket comes back and joins again, also to another process', async () => {
	const socket = tab();
	const heard = listen(socket, library());
	await until('it has joined', () => heard.length === 1);
	way.cut();
	await until('it is lost', () => heard.includes('lost'));
	way.restore();
	await until('it is back', () => heard.at(-1) === 'joined');
	const { port } = served;
	await served.stop();
	await until('it is lost again', () => heard.at(-1) === 'lost');
	served = await serveLive(shelf.sql, { port });
	socket.hurry();
	await until('it is back again', () => heard.at(-1) === 'joined', 20_000);
	await stage.newDocument();
	await until('it hears', () => heard.at(-1) === 'changed documents');
});

test('[PG2] a connection on which nothing comes any more counts as lost', async () => {
	const heard = listen(tab(stage.owner, 300), library());
	await until('it has joined', () => heard.includes('joined'));
	way.mute();
	await until('it is lost', () => heard.at(-1) === 'lost');
	way.restore();
	await until('it is back', () => heard.at(-1) === 'joined');
});

test('[PG2] an expired session is renewed once; when nobody is signed in any more the page stops', async () => {
	const socket = tab();
	const heard = listen(socket, library());
	await until('it has joined', () => heard.length === 1);
	served.sessions.end(stage.owner);
	await until('it is back', () => heard.filter((word) => word === 'joined').length === 2);
	expect(renewals).toBe(1);
	isSignedIn = false;
	served.sessions.end(stage.owner);
	await until('it ended', () => heard.at(-1) === 'ended signed out');
	expect(renewals).toBe(2);
});

test('[PG2] a page that is asked to renew its session does, and stays', async () => {
	expiresAt = Date.now() + 30_000;
	const heard = listen(tab(), library());
	await until('it has joined', () => heard.length === 1);
	await until('it renews', () => renewals === 1);
	expect([...heard]).toEqual(['joined']);
});

test('[PG2] a topic that is refused or taken away ends, the others go on', async () => {
	const socket = tab(stage.drafter);
	const document = await stage.newDocument();
	await stage.share(document, 'viewer');
	const [rooms, own, all] = [
		listen(socket, `rooms:${stage.workspaceId}`),
		listen(socket, `document:${document}`),
		listen(socket, library())
	];
	await until('all are answered', () => [rooms, own, all].every((heard) => heard.length > 0));
	expect([...rooms]).toEqual(['ended no access']);
	await stage.share(document, null);
	await until('it ends', () => own.at(-1) === 'ended no access');
	await stage.newDocument();
	await until('the library goes on', () => all.at(-1) === 'changed documents');
});

test('[PG3] looking again happens once for all that was heard meanwhile, never twice at a time', async () => {
	vi.useFakeTimers();
	const ends: ((error?: Error) => void)[] = [];
	const refetch = new Refetch(
		() => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
		300
	);
	const later = () => vi.advanceTimersByTimeAsync(300);
	try {
		for (let nth = 0; nth < 10; nth++) refetch.soon();
		await later();
		expect(ends.length, 'once for all').toBe(1);
		for (let nth = 0; nth < 10; nth++) refetch.soon();
		await later();
		expect(ends.length, 'not while it looks').toBe(1);
		ends[0](new Error('the server is away'));
		await later();
		expect(ends.length, 'again, though the first time failed').toBe(2);
		ends[1]();
		await later();
		expect(ends.length, 'all was seen').toBe(2);
		refetch.soon();
		refetch.stop();
		refetch.soon();
		await later();
		expect(ends.length, 'the page was left').toBe(2);
	} finally {
		vi.useRealTimers();
	}
});
