import type { Browser, BrowserContext, Page } from '@playwright/test';

/** The sample workspace's people; each has another right on its main document. */
export const PEOPLE = ['owner', 'secretary', 'drafter', 'codrafter', 'reviewer', 'viewer', 'outsider', 'guest'] as const;
export type Person = (typeof PEOPLE)[number];

export const PASSWORD = 'mat-khau-thu-nghiem';
export const WORKSPACE = 'thanh-pho-mau';

export function emailOf(person: Person): string {
	return `${person}@sample.test`;
}

export function storageOf(person: Person): string {
	return `test-results/.people/${person}.json`;
}

/** Signs in through the page, as a person would. */
export async function signIn(page: Page, person: Person): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('input[name=email]').fill(emailOf(person));
	await page.locator('input[name=password]').fill(PASSWORD);
	await page.locator('form button[type=submit]').first().click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A second browser in which the person is already signed in. */
export async function browserOf(
	browser: Browser,
	person: Person,
	options: Parameters<Browser['newContext']>[0] = {}
): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ storageState: storageOf(person), locale: 'vi-VN', ...options });
	return { context, page: await context.newPage() };
}
