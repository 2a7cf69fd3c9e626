import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Bytes of JavaScript, gzipped, that a page makes a browser fetch until it is quiet. */
export async function javascriptOf(page: Page, path: string, ready: string): Promise<number> {
	const sizes = new Map<string, Promise<number>>();
	const count = (response: import('@playwright/test').Response) => {
		if (/javascript/.test(response.headers()['content-type'] ?? ''))
			sizes.set(
				response.url(),
				response.body().then((body) => gzipSync(body).length)
			);
	};
	page.on('response', count);
	await page.goto(path);
	await page.locator(ready).first().waitFor();
	await page.waitForLoadState('networkidle');
	page.off('response', count);
	return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
}
