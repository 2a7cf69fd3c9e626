import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

interface Live {
	editor: {
		state: Record<string, unknown> & {
			doc: { forEach(visit: (node: { nodeSize: number; type: { name: string } }, at: number, index: number) => void): void };
			schema: { nodes: Record<string, { create(attrs: unknown, content?: unknown): unknown }>; text(text: string): unknown };
			tr: { insert(at: number, node: unknown): unknown; setNodeAttribute(at: number, name: string, value: unknown): unknown };
		};
		view: { dispatch(transaction: unknown): void };
	};
}

/** A law of its own making: chapters, sections, articles, khoản and every điểm letter, about 1,300 blocks. */
function longLaw(): string {
	const lines = ['Bộ luật thử nghiệm'];
	const letters = [...'abcdđeghiklmnopqrstuvxy'];
	let article = 0;
	for (const chapter of ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']) {
		lines.push(`Chương ${chapter}`, `NỘI DUNG CHƯƠNG ${chapter}`);
		for (let section = 1; section <= 2; section++) {
			lines.push(`Mục ${section}`, `NỘI DUNG MỤC ${section}`);
			for (let index = 0; index < 7; index++) {
				article++;
				lines.push(`Điều ${article}. Nội dung điều ${article}`);
				for (let clause = 1; clause <= 3; clause++) {
					const opens = clause === 2;
					lines.push(`${clause}. Khoản ${clause} của điều này${opens ? ' gồm:' : '.'}`);
					const count = index === 6 && opens ? letters.length : opens ? 3 : 0;
					for (const letter of letters.slice(0, count)) lines.push(`${letter}) Điểm mang chữ ${letter};`);
				}
			}
		}
	}
	return lines.join('\n');
}

/** What the page computes, by uid. */
async function computed(page: Page): Promise<[string, string][]> {
	return page.locator('.ProseMirror').evaluate((element) => {
		const { state } = (element as unknown as Live).editor;
		const key = Object.keys(state).find((name) => name.startsWith('numbering$')) as string;
		const { numbering } = state[key] as { numbering: { entries: { uid: string; label: string }[] } };
		return numbering.entries.map(({ uid, label }): [string, string] => [uid, label]);
	});
}

/** What is on the screen before each provision, by uid: the generated text, which only a snapshot of the layout tells. */
async function printed(page: Page): Promise<Map<string, string>> {
	const session = await page.context().newCDPSession(page);
	const seen = new Map<string, string>();
	const desk = page.locator('.desk');
	// A tall window takes fewer looks; most of the document is off screen all the same.
	await page.setViewportSize({ width: 1440, height: 3000 });
	for (let top = 0, isDone = false; !isDone; top += 2700) {
		isDone = await desk.evaluate(async (element, wanted) => {
			element.scrollTop = wanted;
			await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
			return element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
		}, top);
		await readLabels(session, seen);
	}
	await session.detach();
	return seen;
}

async function readLabels(session: CDPSession, seen: Map<string, string>): Promise<void> {
	const { documents, strings } = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: [] });
	const { nodes, layout } = documents[0]!;
	const texts = new Map<number, string>();
	layout.nodeIndex.forEach((node, at) => {
		const text = layout.text[at] as number;
		if (text >= 0) texts.set(node, (texts.get(node) ?? '') + strings[text]);
	});
	const children = new Map<number, number[]>();
	nodes.parentIndex!.forEach((parent, node) => children.set(parent, [...(children.get(parent) ?? []), node]));
	const under = (node: number): string => (texts.get(node) ?? '') + (children.get(node) ?? []).map(under).join('');
	nodes.pseudoType!.index.forEach((node, at) => {
		if (strings[nodes.pseudoType!.value[at] as number] !== 'before') return;
		const attributes = nodes.attributes![nodes.parentIndex![node] as number]!.map((index) => strings[index]);
		const uid = attributes[attributes.indexOf('data-uid') + 1];
		const isNumbered = attributes.includes('data-provision') || attributes.includes('data-appendix');
		if (attributes.includes('data-uid') && isNumbered && under(node)) seen.set(uid as string, under(node).trim());
	});
}

async function expectNumbersOnScreen(page: Page): Promise<void> {
	// What depends on the whole text, such as whether appendices have numbers, follows a moment after the edit.
	await expect(async () => {
		const wanted = (await computed(page)).filter(([, label]) => label !== '');
		const seen = await printed(page);
		expect(wanted.map(([uid, label]) => [label, seen.get(uid)])).toEqual(wanted.map(([, label]) => [label, label]));
	}).toPass();
}

test('the counters of the style sheet print the computed numbers through 1,300 blocks, most of them off screen', async ({
	browser,
	baseURL
}) => {
	test.setTimeout(150_000);
	const id = await newDocument(baseURL!, 'drafter', 'Số thứ tự', longLaw());
	const { page } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(page.locator('.ProseMirror [data-level]').first(), 'a long law, beside other specs').toBeVisible({
		timeout: 60_000
	});
	expect((await computed(page)).length).toBeGreaterThan(800);
	await expectNumbersOnScreen(page);

	await test.step('an article at the top moves all that follow', async () => {
		await page.locator('.ProseMirror').evaluate((element) => {
			const { state, view } = (element as unknown as Live).editor;
			let at = 0;
			state.doc.forEach((node, position, index) => {
				if (index < 5 && node.type.name === 'provision') at = position;
			});
			const { provision } = state.schema.nodes;
			view.dispatch(
				state.tr.insert(at, provision!.create({ uid: 'newarticle01', level: 'article' }, state.schema.text('Điều mới')))
			);
		});
		await expectNumbersOnScreen(page);
	});
});

test('explicit numbers, Roman sections inside articles, and appendices', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Số đặc biệt');
	const page = await openDocument(browser, 'drafter', id);
	await page.locator('.ProseMirror').evaluate((element) => {
		const { editor } = element as unknown as Live;
		const levels: [string, string | null, string | null][] = [
			['article', null, '20'],
			['article', null, '20a'],
			['section', 'roman', null],
			['clause', null, null],
			['section', 'roman', null],
			['clause', null, '2a'],
			['clause', null, null],
			['point', null, 'đ'],
			['point', null, null],
			['indent', null, '+'],
			['article', null, null],
			['section', 'roman', null],
			['chapter', null, 'V'],
			['chapter', null, null],
			['part', null, 'thứ nhất']
		];
		const { appendix, provision } = editor.state.schema.nodes;
		const made = levels.map(([level, mark, number], index) =>
			provision!.create(
				{ uid: `special0000${index}`.slice(-12), level, mark, number },
				editor.state.schema.text(`Nội dung ${index}`)
			)
		);
		const parts = ['appendix', 'attachment', 'appendix'].map((kind, index) =>
			appendix!.create({ uid: `appendix000${index}`, kind }, editor.state.schema.text('Phần kèm theo'))
		);
		for (const node of [...made, parts[0], made[3], made[4], parts[1], made[2], made[10], parts[2], made[10]]) {
			let end = 0;
			editor.state.doc.forEach((block, position) => (end = position + block.nodeSize));
			editor.view.dispatch(editor.state.tr.insert(end, node));
		}
	});
	await expectNumbersOnScreen(page);
});
