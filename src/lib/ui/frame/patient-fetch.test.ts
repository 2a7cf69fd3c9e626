import { describe, expect, it } from 'vitest';
import { patientFetch } from './patient-fetch.ts';

const DATA = 'https://plenum.test/co-quan/documents/1/__data.json?x-sveltekit-invalidated=001';

/** A server that gives these answers one after the other: a status, or nothing at all. */
function server(answers: (number | 'unreachable')[], isAwaited = false) {
	const told: string[] = [];
	const pauses: number[] = [];
	let asked = 0;
	const fetch = patientFetch(
		() => {
			const answer = answers[asked++];
			return answer === 'unreachable' || answer === undefined
				? Promise.reject(new TypeError('Failed to fetch'))
				: Promise.resolve(new Response('', { status: answer }));
		},
		{
			isAwaited: () => isAwaited,
			onUnreachable: () => told.push('unreachable'),
			pause: (ms) => {
				pauses.push(ms);
				return Promise.resolve();
			}
		}
	);
	return { fetch, told, pauses, asked: () => asked };
}

describe('the data of a page', () => {
	it('is asked for again until the server can be reached', async () => {
		const { fetch, pauses, told } = server(['unreachable', 'unreachable', 503, 200]);
		expect((await fetch(DATA)).status).toBe(200);
		expect(pauses).toHaveLength(3);
		expect(told, 'nobody waits for it').toEqual([]);
	});

	it('that somebody waits for says once that it cannot be reached', async () => {
		const { fetch, told } = server(['unreachable', 'unreachable', 200], true);
		expect((await fetch(DATA)).status).toBe(200);
		expect(told).toEqual(['unreachable']);
	});

	it('that somebody waits for gives them the refusal of a busy server', async () => {
		const { fetch, asked } = server([503, 200], true);
		expect((await fetch(DATA)).status).toBe(503);
		expect(asked()).toBe(1);
	});

	it('is not asked for again when the server has answered', async () => {
		for (const status of [200, 303, 403, 404, 500]) {
			const { fetch, asked } = server([status, 200]);
			expect((await fetch(DATA)).status).toBe(status);
			expect(asked()).toBe(1);
		}
	});
});

it('any other request is made once', async () => {
	const { fetch, asked } = server(['unreachable', 200]);
	await expect(fetch('/api/session')).rejects.toThrow('Failed to fetch');
	expect(asked()).toBe(1);
});
