import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { browserOf, WORKSPACE, type Person } from '../support/people.ts';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const PAGES: { name: string; path: string; person: Person | null }[] = [
	{ name: 'sign-in', path: '/sign-in', person: null },
	{ name: 'forgotten password', path: '/forgotten-password', person: null },
	{ name: 'an invitation that is none', path: '/invitation/unknown', person: null },
	{ name: 'library', path: `/${WORKSPACE}`, person: 'owner' },
	{ name: 'empty library', path: `/${WORKSPACE}`, person: 'outsider' },
	{ name: 'new document', path: `/${WORKSPACE}/documents/new`, person: 'owner' },
	{ name: 'trash', path: `/${WORKSPACE}/trash`, person: 'owner' },
	{ name: 'people', path: `/${WORKSPACE}/people`, person: 'owner' },
	{ name: 'agencies', path: `/${WORKSPACE}/people/agencies`, person: 'owner' },
	{ name: 'invitations', path: `/${WORKSPACE}/people/invitations`, person: 'owner' },
	{ name: 'profile', path: `/${WORKSPACE}/settings`, person: 'owner' },
	{ name: 'workspace settings', path: `/${WORKSPACE}/settings/workspace`, person: 'owner' },
	{ name: 'live rooms', path: `/${WORKSPACE}/settings/rooms`, person: 'owner' },
	{ name: 'notice choices', path: `/${WORKSPACE}/settings/notices`, person: 'viewer' },
	{ name: 'notices', path: `/${WORKSPACE}/notices`, person: 'codrafter' },
	{ name: 'my work', path: `/${WORKSPACE}/work`, person: 'codrafter' },
	{ name: 'outgoing mail', path: `/${WORKSPACE}/settings/mail`, person: 'owner' },
	{ name: 'audit trail', path: `/${WORKSPACE}/audit`, person: 'owner' },
	{ name: 'import', path: `/${WORKSPACE}/documents/import`, person: 'owner' },
	{ name: 'main document', path: 'main', person: 'codrafter' },
	{ name: 'details of a document', path: 'main/details', person: 'owner' },
	{ name: 'sharing of a document', path: 'main/details/sharing', person: 'owner' },
	{ name: 'export of a document', path: 'main/details/export', person: 'owner' },
	{ name: 'versions of a document', path: 'main/versions', person: 'owner' },
	{ name: 'proposals for a document', path: 'main/proposals', person: 'owner' },
	{ name: 'a proposal for what changed since', path: 'main/proposals/changed', person: 'drafter' },
	{ name: 'freezing a draft', path: 'main/versions?freeze', person: 'owner' },
	{ name: 'a version', path: 'version', person: 'reviewer' },
	{ name: 'a comparison', path: 'comparison', person: 'owner' },
	{ name: 'deletion for good', path: 'trash', person: 'owner' }
];
const LOOKS = [
	{ locale: 'vi', theme: 'light', width: 1440 },
	{ locale: 'en', theme: 'dark', width: 390 }
] as const;

for (const { name, path, person } of PAGES) {
	test(`axe finds nothing serious on the page "${name}", whatever its language, theme and width`, async ({
		browser,
		baseURL
	}) => {
		const page = await open(browser, person, { viewport: { width: LOOKS[0].width, height: 900 } });
		const address = await addressOf(page, path);
		for (const { locale, theme, width } of LOOKS) {
			const look = `${locale}, ${theme}, ${width} px`;
			await page.setViewportSize({ width, height: 900 });
			await page.context().addCookies([
				{ name: 'plenum_locale', value: locale, url: baseURL! },
				{ name: 'plenum_theme', value: theme, url: baseURL! }
			]);
			await page.goto(address);
			await expect(page.locator('html')).toHaveAttribute('lang', locale);
			await page.waitForLoadState('networkidle');
			expect.soft(await foundIn(page, STANDARDS, ['serious', 'critical']), look).toEqual([]);
			const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect.soft(beyond, `${look}: the page scrolls sideways`).toBeLessThanOrEqual(0);
		}
		await page.context().close();
	});
}

/** Where the rules of good practice are kept too, with whatever opens from a button of the page. */
const PRACTISED = [
	{ name: 'library', path: `/${WORKSPACE}` },
	{ name: 'editor', path: 'main' },
	{ name: 'details of a document', path: 'main/details' },
	{ name: 'settings', path: `/${WORKSPACE}/settings` },
	{ name: 'workspace settings', path: `/${WORKSPACE}/settings/workspace` }
];

for (const { name, path } of PRACTISED) {
	test(`axe's best practices hold on the page "${name}", with each of its menus open`, async ({ browser }) => {
		const page = await open(browser, 'owner', { viewport: { width: 1440, height: 900 } });
		await page.goto(await addressOf(page, path));
		if (path === 'main') await expect(page.locator('.ProseMirror [data-level]').first()).toBeVisible();
		await page.waitForLoadState('networkidle');
		expect.soft(await foundIn(page, [...STANDARDS, 'best-practice']), 'nothing open').toEqual([]);
		const openers = page.locator(':is([aria-haspopup=menu], [aria-haspopup=dialog], [aria-haspopup=listbox]):visible');
		const names = new Set<string>();
		for (const opener of await openers.all()) {
			// Of rows that have the same menu one is enough.
			const label = ((await opener.getAttribute('aria-label')) ?? (await opener.innerText())).split(/:| với /u)[0].trim();
			if (names.has(label) || (await opener.isDisabled())) continue;
			names.add(label);
			await opener.click();
			const layer = page.locator('[role=menu], [role=dialog], [role=listbox]').last();
			await expect(layer).toBeVisible();
			expect.soft(await foundIn(page, ['best-practice']), `open: ${label}`).toEqual([]);
			await page.keyboard.press('Escape');
			await expect(layer).toBeHidden();
		}
		expect(names.size, 'the menus were found').toBeGreaterThan(path === 'main' ? 5 : 0);
		await page.context().close();
	});
}

async function foundIn(page: Page, tags: string[], impacts?: string[]): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
	const counted = violations.filter(({ impact }) => !impacts || (impact && impacts.includes(impact)));
	return counted.map(
		({ id, nodes }) =>
			`${id}: ${nodes
				.map(({ target }) => target.join(' '))
				.slice(0, 3)
				.join(', ')}`
	);
}

async function open(
	browser: Browser,
	person: Person | null,
	options: { viewport: { width: number; height: number } }
): Promise<Page> {
	return person ? (await browserOf(browser, person, options)).page : (await browser.newContext(options)).newPage();
}

/** `main` is the main document, `version` its last version, `comparison` that of its last two, `trash` the question about a document that is there. */
async function addressOf(page: Page, path: string): Promise<string> {
	if (path === 'main/proposals/changed') {
		const main = await mainDocument(page);
		const proposals = await page.request.get(`/api/documents/${main.split('/').at(-1)}/proposals?state=open`);
		return `${main}/proposals/${((await proposals.json()) as { items: { id: string }[] }).items.at(-1)!.id}`;
	}
	if (path.startsWith('main')) return path.replace('main', await mainDocument(page));
	if (path === 'version' || path === 'comparison') {
		const main = await mainDocument(page);
		const { items } = (await (await page.request.get(`/api/documents/${main.split('/').at(-1)}/versions`)).json()) as {
			items: { id: string }[];
		};
		if (path === 'version') return `${main}/versions/${items[0].id}`;
		return `${main}/compare?before=version:${items[1].id}&after=version:${items[0].id}`;
	}
	if (path !== 'trash') return path;
	const { baseURL } = test.info().project.use;
	const id = await newDocument(baseURL!, 'owner', `Bỏ vào thùng rác ${Date.now()}`);
	await page.request.put(`/api/documents/${id}/trash`, { headers: { origin: new URL(baseURL!).origin } });
	return `/${WORKSPACE}/trash/${id}`;
}

async function mainDocument(page: Page): Promise<string> {
	await page.goto(`/${WORKSPACE}`);
	return (await page
		.locator('a[href*="/documents/"]')
		.filter({ hasText: 'Nghị quyết về chuyển đổi số' })
		.first()
		.getAttribute('href'))!;
}
