import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import type { Editor } from '@tiptap/core';
import { WORKSPACE, browserOf, type Person } from './people.ts';

/** Opens a document as a person in a browser of their own, and waits until it is live. */
export async function openDocument(browser: Browser, person: Person, id: string): Promise<Page> {
	const { page } = await browserOf(browser, person);
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(provisions(page).first()).toBeVisible();
	await expect(savedState(page)).toHaveText(/Đã lưu|Chỉ đọc/);
	return page;
}

export function provisions(page: Page): Locator {
	return page.locator('.ProseMirror [data-level]');
}

/** The provision that holds the text. */
export function provision(page: Page, text: string | RegExp): Locator {
	return provisions(page).filter({ hasText: text }).first();
}

/** The line that says whether everything is saved. */
export function savedState(page: Page): Locator {
	return page.locator('[data-sync-state] .truncate').first();
}

/** Puts the caret at the end of a provision and types, key by key. */
export async function typeAtEnd(page: Page, text: string | RegExp, words: string): Promise<void> {
	await provision(page, text).click();
	await page.keyboard.press('End');
	await page.keyboard.type(words);
}

/** Takes a provision out of the text, whole. */
export async function deleteProvision(page: Page, text: string): Promise<void> {
	await page.locator('.ProseMirror').evaluate((element, text) => {
		const { view, state } = (element as unknown as { editor: Pick<Editor, 'view' | 'state'> }).editor;
		state.doc.forEach((node, offset) => {
			if (node.textContent.startsWith(text)) view.dispatch(state.tr.delete(offset, offset + node.nodeSize));
		});
	}, text);
}

/** The paper's words without what is drawn over it. */
export async function paperText(page: Page): Promise<string> {
	return page.locator('.ProseMirror').evaluate((element) =>
		(
			element as unknown as {
				editor: { state: { doc: { textBetween(from: number, to: number, between: string): string; content: { size: number } } } };
			}
		).editor.state.doc.textBetween(
			0,
			(element as unknown as { editor: { state: { doc: { content: { size: number } } } } }).editor.state.doc.content.size,
			'\n'
		)
	);
}
