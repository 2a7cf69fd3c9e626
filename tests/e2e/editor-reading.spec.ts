import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, provision } from '../support/editor.ts';

const LAW = [
	'HỘI ĐỒNG NHÂN DÂN',
	'NGHỊ QUYẾT',
	'Về văn bản dài',
	'QUYẾT NGHỊ:',
	...Array.from({ length: 74 }, (_article, nth) => [
		`Điều ${nth + 1}. Nội dung thứ ${nth + 1}`,
		`1. Khoản một của phần ${nth + 1} gồm:`,
		`a) Điểm a của phần ${nth + 1};`,
		`b) Điểm b của phần ${nth + 1}.`,
		`2. Khoản hai của phần ${nth + 1}.`
	]).flat()
].join('\n');

test('a screen reader is told every word of a law in its order, with its numbers, also what is off screen', async ({
	browser,
	baseURL
}) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Đọc hết', LAW));
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Accessibility.enable');
	const read = async () => {
		const { nodes } = await devtools.send('Accessibility.getFullAXTree');
		const names = (role: string) =>
			nodes.filter((node) => node.role?.value === role).map((node) => String(node.name?.value ?? ''));
		return { headings: names('heading'), text: names('StaticText').join('') };
	};
	const headings = Array.from({ length: 74 }, (_article, nth) => `Điều ${nth + 1}. Nội dung thứ ${nth + 1}`);
	await expect
		.poll(async () => (await read()).headings.filter((name) => name.startsWith('Điều')), { timeout: 20_000 })
		.toEqual(headings);
	const { text } = await read();
	let at = 0;
	for (let nth = 1; nth <= 74; nth++)
		for (const words of [
			`1. Khoản một của phần ${nth} gồm:`,
			`a) Điểm a của phần ${nth};`,
			`b) Điểm b của phần ${nth}.`,
			`2. Khoản hai`
		]) {
			const found = text.indexOf(words, at);
			expect(found, `${words} behind ${text.slice(at, at + 60)}`).toBeGreaterThanOrEqual(0);
			at = found;
		}
	// Typing goes on as fast as ever: what is off screen is skipped again until the person rests.
	await provision(page, 'Nội dung thứ 1').click();
	await page.keyboard.type('x');
	const skipped = () =>
		page
			.locator('.ProseMirror > p')
			.evaluateAll((blocks) => blocks.filter((block) => getComputedStyle(block).contentVisibility === 'auto').length);
	await expect.poll(skipped).toBeGreaterThan(200);
});
