import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { percentile, type Figure } from './figures.ts';
import type { LiveClient } from './live-clients.ts';
import { middleText } from './live-clients.ts';

const KEYSTROKES = 300;
const ROUNDS = 3;
const PEER_EDIT_MS = 400;

export interface Samples {
	/** Dispatch and layout of one keystroke, ms. */
	work: number[];
	/** From the keystroke to the frame after it, ms. */
	frame: number[];
}

/**
 * Types in the middle of the open document while `peers` edit it, and in bare ProseMirror on the same text, in turns,
 * so that both see the same machine. The page must show the editor.
 */
export async function keystrokeFigures(
	editorPage: Page,
	barePage: Page,
	content: unknown,
	peers: LiveClient[]
): Promise<Figure[]> {
	await barePage.setContent('<!doctype html><div id="bare" style="width:720px;font:17px/1.42 serif;white-space:pre-wrap"></div>');
	await barePage.addScriptTag({ content: await bundleBare() });
	await barePage.evaluate((json) => (window as never as { openBare(json: unknown): void }).openBare(json), content as never);
	const typing = setInterval(() => peers.forEach(({ doc }, index) => middleText(doc).insert(index, 'p')), PEER_EDIT_MS);
	const ours: Samples = { work: [], frame: [] };
	const bare: Samples = { work: [], frame: [] };
	try {
		for (let round = 0; round < ROUNDS; round++) {
			await editorPage.bringToFront();
			append(ours, await keystrokesIn(editorPage));
			await barePage.bringToFront();
			append(bare, await barePage.evaluate(measure, { kind: 'bare', keystrokes: KEYSTROKES }));
		}
	} finally {
		clearInterval(typing);
	}
	const pair = (samples: number[]) => `${percentile(samples, 0.5).toFixed(2)} / ${percentile(samples, 0.95).toFixed(2)} ms`;
	const ratio = percentile(ours.work, 0.95) / percentile(bare.work, 0.95);
	return [
		{ what: `keystroke (dispatch and layout) with ${peers.length} peers, p50 / p95`, value: pair(ours.work) },
		{ what: 'keystroke in bare ProseMirror on the same text, p50 / p95', value: pair(bare.work) },
		{ what: 'keystroke p95, ours to bare ProseMirror', value: `${ratio.toFixed(2)} : 1`, aim: 'at most 1 : 1' },
		{ what: 'keystroke to next frame, ours, p50 / p95', value: pair(ours.frame), aim: 'p95 under two frames' },
		{ what: 'keystroke to next frame, bare, p50 / p95', value: pair(bare.frame) }
	];
}

/** Keystrokes in the middle of the document that the page has open. */
export async function keystrokesIn(editorPage: Page): Promise<Samples> {
	return editorPage.evaluate(measure, { kind: 'editor', keystrokes: KEYSTROKES });
}

function append(all: Samples, more: Samples): void {
	all.work.push(...more.work);
	all.frame.push(...more.frame);
}

async function bundleBare(): Promise<string> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, lib: { entry: resolve(import.meta.dirname, 'bare-prosemirror.ts'), formats: ['iife'], name: 'bare' } }
	});
	const [{ output }] = (Array.isArray(result) ? result : [result]) as { output: { code: string }[] }[];
	return output[0].code;
}

// Runs in the page.
async function measure({ kind, keystrokes }: { kind: string; keystrokes: number }): Promise<{ work: number[]; frame: number[] }> {
	interface View {
		state: {
			doc: {
				descendants(visit: (node: { type: { name: string }; content: { size: number } }, at: number) => boolean | void): void;
				content: { size: number };
			};
			tr: { insertText(text: string, at: number): unknown };
		};
		dispatch(tr: unknown): void;
		dom: HTMLElement;
	}
	const host = window as unknown as { bareView: View };
	const view: View =
		kind === 'bare'
			? host.bareView
			: (document.querySelector('.ProseMirror') as unknown as { editor: { view: View } }).editor.view;
	let place = 0;
	view.state.doc.descendants((node, at) => {
		if (!place && at > view.state.doc.content.size / 2 && node.type.name === 'provision' && node.content.size > 20)
			place = at + 10;
		return !place;
	});
	const work: number[] = [];
	const frame: number[] = [];
	for (let index = 0; index < keystrokes; index++) {
		// What a key says before it changes anything: the editor then skips again what it laid out while nobody typed.
		view.dom.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
		const began = performance.now();
		view.dispatch(view.state.tr.insertText('a', place + index));
		void view.dom.offsetHeight;
		work.push(performance.now() - began);
		await new Promise(requestAnimationFrame);
		frame.push(performance.now() - began);
	}
	return { work, frame };
}
