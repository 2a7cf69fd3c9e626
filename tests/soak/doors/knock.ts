import { accessToken } from '../../load/session.ts';
import { argumentsOf, findDoors, type Door } from './doors.ts';
import { bodyOf, pick, type Random } from './bodies.ts';

export interface Knock {
	door: Door;
	who: string;
	bytes: number;
	/** 0 when the connection ended, or half a minute passed, without an answer. */
	status: number;
	ms: number;
}

const SMALLEST_BYTES = 2;
const NO_ANSWER_MS = 30_000;

/**
 * Sends `count` requests of random sizes and kinds to every door in turn, signed in, not, and with a token that nobody
 * signed, some at once, and answers what came back. The process must have PROXY_HOPS=1: each request says it comes from
 * another place, so that not all of them meet the limit of requests of strangers.
 */
export async function knock(
	url: string,
	random: Random,
	{ count, largestBytes, atOnce }: { count: number; largestBytes: number; atOnce: number }
): Promise<Knock[]> {
	const { publishableKey } = (await (await fetch(`${url}/api/config`)).json()) as { publishableKey: string };
	const people: [string, Record<string, string>][] = [
		['a person', { authorization: `Bearer ${await accessToken(url, 'drafter')}` }],
		['a visitor', {}],
		['a liar', { authorization: 'Bearer a.b.c' }]
	];
	const doors = findDoors().filter(({ path }) => path !== '/sign-out' && !path.includes('logout'));
	const knocks: Knock[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			while (next < count) {
				const door = doors[next++ % doors.length];
				const [who, headers] = pick(random, people);
				const bytes = Math.round(SMALLEST_BYTES * (largestBytes / SMALLEST_BYTES) ** random());
				const began = performance.now();
				const status = await send(
					url,
					door,
					{ ...headers, apikey: publishableKey, 'x-forwarded-for': `10.${byte(random)}.${byte(random)}.${byte(random)}` },
					random,
					bytes
				);
				knocks.push({ door, who, bytes, status, ms: performance.now() - began });
			}
		})
	);
	return knocks;
}

async function send(
	url: string,
	{ method, path }: Door,
	headers: Record<string, string>,
	random: Random,
	bytes: number
): Promise<number> {
	const address = url + path.replace(/\[(\w+)\]/g, () => (random() < 0.5 ? 'x' : crypto.randomUUID()));
	const { type, text } = bodyOf(random, bytes, argumentsOf(path));
	// A stream has no length that could be looked at beforehand.
	const body = method === 'GET' ? undefined : random() < 0.3 ? new Blob([text]).stream() : text;
	try {
		const response = await fetch(address, {
			method,
			redirect: 'manual',
			body,
			headers: { ...headers, 'content-type': type, origin: url },
			signal: AbortSignal.timeout(NO_ANSWER_MS),
			duplex: 'half'
		} as RequestInit);
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}

function byte(random: Random): number {
	return Math.floor(random() * 256);
}
