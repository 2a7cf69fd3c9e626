import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LiveClient } from '../live/support/live-client.ts';
import type { Answer, Order } from './announcing-process.ts';
import { percentile, type Figure } from './figures.ts';

const CROWDS = [300, 3_000];
const CHANGES = 20;
/** Longer than announcements of one topic are apart, so that each change is a message of its own. */
const PAUSE_MS = 500;
/** Sockets opened at the same time. */
const AT_ONCE = 100;

/** One change in the database → everybody who listens to it has heard; and what that costs the server. */
export async function announcementFigures(): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const crowd of CROWDS) figures.push(...(await measure(crowd)));
	return figures;
}

async function measure(crowd: number): Promise<Figure[]> {
	const server = fork(join(import.meta.dirname, 'announcing-process.ts'), { execArgv: ['--no-wasm-code-gc'] });
	const heard = async <T extends Answer>(order?: Order): Promise<T> => {
		const answer = once(server, 'message');
		if (order) server.send(order);
		return (await answer)[0] as T;
	};
	const { url, topic, person } = await heard<Extract<Answer, { url: string }>>();
	const cpuMs = async () => (await heard<Extract<Answer, { cpuMs: number }>>('usage')).cpuMs;
	const clients: LiveClient[] = [];
	const arrivals: number[] = [];
	while (clients.length < crowd) {
		const some = Array.from({ length: Math.min(AT_ONCE, crowd - clients.length) }, () => new LiveClient(url, person));
		await Promise.all(some.map((client) => client.join(topic)));
		clients.push(...some);
	}
	for (const { ws } of clients) ws.on('message', (data) => String(data).startsWith('{"topic"') && arrivals.push(Date.now()));
	const before = await cpuMs();

	const latencies: number[] = [];
	for (let change = 0; change < CHANGES; change++) {
		arrivals.length = 0;
		const { changedAt } = await heard<Extract<Answer, { changedAt: number }>>('change');
		while (arrivals.length < crowd) await new Promise((resolve) => setTimeout(resolve, 5));
		latencies.push(...arrivals.map((at) => at - changedAt));
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	const after = await cpuMs();
	server.disconnect();
	return [
		{
			what: `change → heard by ${crowd} listeners, p50 / p99`,
			value: `${percentile(latencies, 0.5)} / ${percentile(latencies, 0.99)} ms`,
			aim: '100 / 500 ms'
		},
		{ what: `… CPU of the server for each change`, value: `${((after - before) / CHANGES).toFixed(1)} ms` }
	];
}
