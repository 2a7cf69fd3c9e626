import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROWS_FILE, rowTypes } from '../../tests/support/row-types.ts';
import { testApp } from '../../tests/support/test-app.ts';

let opened: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
	opened = await testApp();
});
afterAll(() => opened?.close());

test('the types of rows say what the catalogue says; `npm run rows` writes them anew', async () => {
	expect(await readFile(ROWS_FILE, 'utf8')).toBe(await rowTypes(opened.app.sql));
});
