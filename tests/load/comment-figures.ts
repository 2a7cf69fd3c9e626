import type { Page } from '@playwright/test';
import { LiveClient } from '../live/support/live-client.ts';
import { WORKSPACE } from '../support/people.ts';
import { milliseconds, percentile, type Figure } from './figures.ts';
import { keystrokesIn, type Samples } from './keystrokes.ts';

const THREADS = 1_000;
const SCREENS = 50;
const OPENED_LIVE = 20;
const ROUNDS = 4;
/** Threads opened at the same time. */
const AT_ONCE = 4;

interface Block {
	type: string;
	attrs?: { uid?: string };
	content?: Block[];
	text?: string;
}

export interface Commented {
	/** Two copies of one text: comments stand in the first. */
	id: string;
	bareId: string;
	/** Its JSON export. */
	content: unknown;
	url: string;
	token: string;
}

/** Typing in a text with a thousand threads beside the same text without, and how soon a thread is on fifty screens. */
export async function commentFigures(page: Page, { id, bareId, content, url, token }: Commented): Promise<Figure[]> {
	const open = async (body: object) => {
		const began = performance.now();
		const response = await fetch(`${url}/api/documents/${id}/threads`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body)
		});
		if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
		return performance.now() - began;
	};
	const passages = passagesOf(content);
	const took: number[] = [];
	for (let nth = 0; nth < THREADS; nth += AT_ONCE)
		took.push(
			...(await Promise.all(
				Array.from({ length: AT_ONCE }, (_, more) =>
					open({ ranges: [passages[(nth + more) % passages.length]], body: `Ý kiến ${nth + more}` })
				)
			))
		);

	const bare = await page.context().newPage();
	const began = performance.now();
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await page.locator('.ProseMirror [data-level=article]').first().waitFor();
	const shown = performance.now() - began;
	await page.locator('[data-thread]').first().waitFor();
	const carded = performance.now() - began;
	await bare.goto(`/${WORKSPACE}/documents/${bareId}`);
	await bare.locator('.ProseMirror [data-level=article]').first().waitFor();
	const samples: Record<'commented' | 'bare', Samples> = { commented: { work: [], frame: [] }, bare: { work: [], frame: [] } };
	for (let round = 0; round <= ROUNDS; round++)
		for (const [kind, each] of [
			['commented', page],
			['bare', bare]
		] as const) {
			await each.bringToFront();
			const { work, frame } = await keystrokesIn(each);
			if (round === 0) continue; // what a session has warm
			samples[kind].work.push(...work);
			samples[kind].frame.push(...frame);
		}
	await bare.close();
	const heard = await heardOnScreens(url, id, token, open, passages);
	const pair = (of: number[]) => `${percentile(of, 0.5).toFixed(2)} / ${percentile(of, 0.95).toFixed(2)} ms`;
	const ratio = (share: number, of: 'work' | 'frame') =>
		`${(percentile(samples.commented[of], share) / percentile(samples.bare[of], share)).toFixed(2)} : 1`;
	return [
		{ what: `keystroke with ${THREADS} threads, p50 / p95`, value: pair(samples.commented.work) },
		{ what: 'keystroke in the same text without', value: pair(samples.bare.work) },
		{ what: 'keystroke with threads to without, p50', value: ratio(0.5, 'work'), aim: 'at most 1.10 : 1' },
		{ what: 'keystroke to next frame with threads to without, p50', value: ratio(0.5, 'frame') },
		{ what: `open a text with ${THREADS} threads, to the first article`, value: `${Math.round(shown)} ms` },
		{ what: 'the same, to the first card beside it', value: `${Math.round(carded)} ms` },
		{
			what: `open one of ${THREADS} threads (POST), p50 / p99`,
			value: `${milliseconds(took, 0.5)} / ${milliseconds(took, 0.99)}`
		},
		{
			what: `a thread is heard of and read on ${SCREENS} screens, p50 / p99`,
			value: `${milliseconds(heard, 0.5)} / ${milliseconds(heard, 0.99)}`,
			aim: 'p99 under 1 s'
		}
	];
}

/** From the request that opens a thread to its words on each screen (ms). */
async function heardOnScreens(
	url: string,
	id: string,
	token: string,
	open: (body: object) => Promise<number>,
	passages: object[]
): Promise<number[]> {
	const screens = Array.from({ length: SCREENS }, () => new LiveClient(`${url.replace(/^http/, 'ws')}/live`, token));
	await Promise.all(screens.map((screen) => screen.join(`document:${id}`)));
	const delays: number[] = [];
	for (let nth = 0; nth < OPENED_LIVE; nth++) {
		const began = performance.now();
		const all = screens.map(
			(screen) =>
				new Promise<void>((done) => {
					const listen = (data: unknown) => {
						const said = JSON.parse(String(data) || '{}') as { topic?: string; kind?: string; id?: string };
						if (said.topic === undefined || said.id === undefined) return;
						screen.ws.off('message', listen);
						void fetch(`${url}/api/threads/${said.id}`, { headers: { authorization: `Bearer ${token}` } })
							.then((response) => response.arrayBuffer())
							.then(() => {
								delays.push(performance.now() - began);
								done();
							});
					};
					screen.ws.on('message', listen);
				})
		);
		await open({ ranges: [passages[nth]], body: `Ý kiến trực tiếp ${nth}` });
		await Promise.all(all);
	}
	for (const screen of screens) screen.ws.close();
	return delays;
}

/** Words of provisions all over the text. */
function passagesOf(content: unknown): { uid: string; quote: string }[] {
	const { content: blocks = [] } = content as Block;
	return blocks.flatMap(({ type, attrs, content: inline = [] }) => {
		const [first] = inline;
		if (type !== 'provision' || !attrs?.uid || first?.type !== 'text') return [];
		const quote = (first.text ?? '').slice(0, 40).trim();
		return quote.length > 10 ? [{ uid: attrs.uid, quote }] : [];
	});
}
