import { expect, test, type Page } from '@playwright/test';
import { profileOf } from '../../src/lib/documents/schema/profiles.ts';
import { buildOutline } from '../../src/lib/exports/build-outline.ts';
import { writeTxt } from '../../src/lib/exports/txt.ts';
import { accessToken } from '../load/session.ts';
import { openDocument } from '../support/editor.ts';
import { wordsOf, wordsOfDocx } from '../support/printed-words.ts';
import { SAMPLES } from '../support/sample-documents.ts';

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

async function made(baseURL: string, { title, profile, content }: (typeof SAMPLES)[number]): Promise<string> {
	const form = new FormData();
	form.set('file', new File([JSON.stringify({ title, profile, content })], 'van-ban.json', { type: 'application/json' }));
	form.set('profile', profile);
	const response = await fetch(`${baseURL}/api/documents/import`, {
		method: 'POST',
		body: form,
		headers: { authorization: `Bearer ${await accessToken(baseURL, 'drafter')}` }
	});
	expect(response.status, await response.clone().text()).toBe(201);
	return ((await response.json()) as { id: string }).id;
}

async function exported(page: Page, id: string, format: string): Promise<Buffer> {
	const answer = await page.request.get(`/api/documents/${id}/export?format=${format}`, { headers: OWN_PAGE });
	expect(answer.status()).toBe(200);
	return answer.body();
}

/** What a browser shows of a page of its own: with the marks of its lists, which are no letters of it. */
async function wordsOfHtml(page: Page, html: string): Promise<string[]> {
	const text = await page.evaluate((html) => {
		const { body } = new DOMParser().parseFromString(html, 'text/html');
		for (const back of body.querySelectorAll('.notes a')) back.remove();
		for (const link of body.querySelectorAll('sup a[id^=footnote-ref]')) link.textContent = `[${link.textContent}]`;
		for (const item of body.querySelectorAll('li')) {
			const nth = [...item.parentElement!.children].indexOf(item) + 1;
			item.prepend(item.closest('.notes') ? `[${nth}] ` : item.parentElement!.localName === 'ol' ? `${nth}. ` : '• ');
		}
		for (const block of body.querySelectorAll('p, div, li, td, th, h1, h2, h3, h4, h5, h6, .below, span.caps'))
			block.append('\n');
		for (const line of body.querySelectorAll('br')) line.replaceWith('\n');
		return body.textContent ?? '';
	}, html);
	return wordsOf(text);
}

async function copied(page: Page): Promise<string> {
	await page.locator('.ProseMirror').focus();
	await page.keyboard.press('ControlOrMeta+a');
	return page.locator('.ProseMirror').evaluate((element) => {
		const data = new DataTransfer();
		element.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
		return data.getData('text/plain');
	});
}

interface AxNode {
	nodeId: string;
	role?: { value: string };
	name?: { value: string };
	childIds?: string[];
	ignored?: boolean;
}

/** What the sheet says to a screen reader, which is what is drawn on it: block by block, numbers and lines of the frame too. */
async function drawn(page: Page): Promise<string> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Accessibility.enable');
	const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] };
	await devtools.detach();
	const byId = new Map(nodes.map((node) => [node.nodeId, node]));
	const INLINE = new Set(['link', 'strong', 'emphasis', 'superscript', 'subscript', 'mark', 'InlineTextBox']);
	const textOf = (node: AxNode, isNote = false): string => {
		const role = node.role?.value ?? '';
		const note = /^Chú thích (\d+)$/u.exec(node.name?.value ?? '');
		if (note) return `[${note[1]}]`;
		if (role === 'StaticText') return node.name?.value ?? '';
		if (role === 'LineBreak') return '\n';
		const parts = (node.childIds ?? []).map((id) => textOf(byId.get(id)!, isNote));
		// The number of a chapter is a line of its own.
		const inside = role === 'heading' ? [parts[0], ' ', ...parts.slice(1)].join('') : parts.join('');
		if (isNote && role === 'superscript') return `[${inside}]`;
		return INLINE.has(role) || node.ignored ? inside : `\n${inside}\n`;
	};
	const textbox = nodes.find((node) => node.role?.value === 'textbox' && node.name?.value?.startsWith('Nội dung văn bản'))!;
	const notes = nodes.find((node) => node.role?.value === 'list' && node.name?.value === 'Chú thích cuối trang');
	return textOf(textbox) + (notes ? textOf(notes, true) : '');
}

/**
 * Recipients before the signature, as templates have them and every export prints them, from the left. A sheet that has
 * them the other way round, and a copy of it that must be pasted back as it was, say them in its own order.
 */
function fromTheLeft(sample: (typeof SAMPLES)[number]): typeof sample {
	const blocks = [...sample.content.content!];
	const signed = blocks.findIndex(({ type }) => type === 'signature');
	if (blocks[signed + 1]?.type === 'recipients') blocks.splice(signed, 2, blocks[signed + 1]!, blocks[signed]!);
	return { ...sample, content: { ...sample.content, content: blocks } };
}

/**
 * The sheet says two things otherwise, and means it: the national title (the Party's) is read before the body that
 * issues, since it is drawn and not typed; capitals that are a style reach a reader as capitals.
 */
function asDrawn(words: string[], { profile }: (typeof SAMPLES)[number]): string[] {
	const right = profileOf(profile).header.right.flatMap(({ text }) => wordsOf(text));
	const result = [...words];
	// Each header, the last first, so that the places of those before it hold.
	for (let at = result.length - right.length; at >= 0; at--) {
		if (!right.every((word, nth) => result[at + nth] === word)) continue;
		let start = at;
		while (start > 0 && isIssuer(result[start - 1]!)) start--;
		result.splice(at, right.length);
		result.splice(start, 0, ...right);
	}
	return result.map((word) => word.toLocaleUpperCase('vi'));
}

/** A word of the body that issues: in capitals, or the mark under it. */
function isIssuer(word: string): boolean {
	return word === '*' || /^\p{Lu}{2,}$/u.test(word);
}

for (const sample of SAMPLES) {
	test(`${sample.profile}: sheet, print, copy and every export say the same words in the same order`, async ({
		browser,
		baseURL
	}) => {
		const id = await made(baseURL!, fromTheLeft(sample));
		const page = await openDocument(browser, 'drafter', id);
		const txt = wordsOf((await exported(page, id, 'txt')).toString());
		expect(txt.length).toBeGreaterThan(300);
		const json = JSON.parse((await exported(page, id, 'json')).toString()) as typeof sample;
		expect.soft(wordsOf(writeTxt(buildOutline(json))), 'outline of the JSON').toEqual(txt);
		expect.soft(wordsOfDocx(await exported(page, id, 'docx')), 'docx').toEqual(txt);
		expect.soft(await wordsOfHtml(page, (await exported(page, id, 'html')).toString()), 'html').toEqual(txt);
		expect.soft(wordsOf(await copied(page)), 'copy').toEqual(txt);
		const onSheet = async () => wordsOf((await drawn(page)).toLocaleUpperCase('vi'));
		await expect.poll(onSheet, { message: 'sheet' }).toEqual(asDrawn(txt, sample));
		await page.emulateMedia({ media: 'print' });
		expect.soft(await onSheet(), 'print').toEqual(asDrawn(txt, sample));
	});
}
