import { expect, test } from '@playwright/test';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('the rail says its places in words, and stays as the person left it', async ({ browser }) => {
	const { page } = await browserOf(browser, 'codrafter');
	await page.goto(`/${WORKSPACE}`);
	const rail = page.getByRole('navigation', { name: 'Điều hướng chính' });
	await expect(rail.getByText('Văn bản')).toBeVisible();
	const wide = (await rail.boundingBox())!.width;
	const fold = rail.getByRole('button', { name: 'Hiện tên các mục' });
	await expect(fold).toHaveAttribute('aria-pressed', 'true');
	await fold.click();
	await expect(rail.getByText('Văn bản')).toBeHidden();
	await page.reload();
	await expect(fold).toHaveAttribute('aria-pressed', 'false');
	await expect(rail.getByText('Văn bản')).toBeHidden();
	expect((await rail.boundingBox())!.width).toBeLessThan(wide);
	await expect(rail.getByRole('link', { name: 'Văn bản' }), 'a picture has its name').toBeVisible();

	await page.setViewportSize({ width: 390, height: 844 });
	const places = await rail.getByRole('link').filter({ visible: true }).all();
	const edges = await Promise.all(places.map(async (place) => (await place.boundingBox())!));
	for (const [nth, { x, width }] of edges.entries()) {
		expect(width).toBeGreaterThanOrEqual(40);
		expect(x + width).toBeLessThanOrEqual(nth + 1 < edges.length ? edges[nth + 1]!.x : 390);
	}
});
