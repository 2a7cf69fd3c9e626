import type { Page } from '@playwright/test';
import { WORKSPACE } from '../support/people.ts';
import { milliseconds, type Figure } from './figures.ts';
import { keystrokesIn } from './keystrokes.ts';

const PRESSES = 20;

/** What a text of so many provisions costs in the page: opening, a letter, a line, a jump to the end. The page must be signed in. */
export async function longDecreeFigures(page: Page, id: string, provisions: number): Promise<Figure[]> {
	const openBegan = performance.now();
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await page.locator('.ProseMirror [data-level=article]').first().waitFor();
	const openMs = Math.round(performance.now() - openBegan);
	await page.waitForLoadState('networkidle');
	await keystrokesIn(page); // warms up what a session has warm
	const { work } = await keystrokesIn(page);
	const jumps = await pressed(page, ['Control+End', 'Control+Home']);
	await page.keyboard.press('Control+Home');
	await inTheMiddle(page);
	const lines = await pressed(page, ['Enter', 'Backspace']);
	return [
		{ what: `open ${provisions} provisions, to the first article on screen`, value: `${openMs} ms`, aim: 'under 3 s' },
		{ what: 'a letter in them (dispatch and layout), p50 / p95', value: both(work), aim: 'inside a frame' },
		{ what: 'Enter, from the key to the frame after it, p50 / p95', value: both(lines['Enter']), aim: 'under 100 ms' },
		{ what: 'Backspace that joins them again', value: both(lines['Backspace']), aim: 'under 100 ms' },
		{ what: 'Ctrl End', value: both(jumps['Control+End']), aim: 'under 100 ms' },
		{ what: 'Ctrl Home', value: both(jumps['Control+Home']), aim: 'under 100 ms' }
	];
}

function both(samples: number[]): string {
	return `${milliseconds(samples, 0.5)} / ${milliseconds(samples, 0.95)}`;
}

async function inTheMiddle(page: Page): Promise<void> {
	await page.evaluate(() => {
		const { editor } = document.querySelector('.ProseMirror') as unknown as {
			editor: { state: { doc: { content: { size: number } } }; commands: { focus(at: number): boolean } };
		};
		editor.commands.focus(Math.round(editor.state.doc.content.size / 2));
	});
}

/** Presses real keys in turns; how long after each the next frame came (ms), by key. */
async function pressed(page: Page, keys: string[]): Promise<Record<string, number[]>> {
	await page.evaluate(() => {
		const host = window as unknown as { presses: Promise<number>[] };
		host.presses = [];
		document.addEventListener(
			'keydown',
			({ key }) => {
				if (['Control', 'Shift', 'Alt'].includes(key)) return;
				const began = performance.now();
				host.presses.push(new Promise((tell) => requestAnimationFrame(() => setTimeout(() => tell(performance.now() - began)))));
			},
			{ capture: true }
		);
	});
	const took: Record<string, number[]> = Object.fromEntries(keys.map((key) => [key, []]));
	for (let nth = 0; nth < PRESSES; nth++)
		for (const key of keys) {
			await page.keyboard.press(key);
			took[key].push(await page.evaluate(() => (window as unknown as { presses: Promise<number>[] }).presses.at(-1)!));
		}
	return took;
}
