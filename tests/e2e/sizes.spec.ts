import { expect, test } from '@playwright/test';
import { joinDocument, middleText } from '../load/live-clients.ts';
import { lawText } from '../load/law-text.ts';
import { accessToken, importText } from '../load/session.ts';
import { PASSWORD } from '../support/people.ts';
import { runCommand, startPlenum } from '../support/plenum.ts';
import { findRedis, freshDatabase } from '../support/services.ts';

test.setTimeout(180_000);

test('on Postgres, two nodes joined by Redis serve one document, and both keep what was typed', async () => {
	const redis = await findRedis();
	const database = await freshDatabase();
	test.skip(!redis || !database, 'needs a Postgres and a Redis that answer');
	const env = { DATABASE_URL: database!.url, REDIS_URL: redis!, LOG_LEVEL: 'warn' };
	const sample = await runCommand('src/sample.ts', [], { DATABASE_URL: database!.url, SAMPLE_PASSWORD: PASSWORD });
	expect(sample.output).toContain('drafter@sample.test');
	const [first, second] = await Promise.all([startPlenum(env), startPlenum(env)]);
	try {
		const token = await accessToken(first.url, 'drafter');
		const id = await importText(first.url, token, lawText().text, 'Hai nút');
		const here = await joinDocument(first.url, id, token);
		// The session made on one node is good on the other: both sign with the key in the database.
		const there = await joinDocument(second.url, id, token);
		middleText(here.doc).insert(0, '⟦nút một⟧');
		await expect.poll(() => middleText(there.doc).toString()).toContain('⟦nút một⟧');
		middleText(there.doc).insert(0, '⟦nút hai⟧');
		await expect.poll(() => middleText(here.doc).toString()).toContain('⟦nút hai⟧');
		await Promise.all([here.acknowledged(), there.acknowledged()]);
		here.close();
		there.close();
		first.process.kill('SIGKILL');
		const after = await joinDocument(second.url, id, token);
		expect(middleText(after.doc).toString()).toContain('⟦nút một⟧');
		after.close();
	} finally {
		first.process.kill('SIGKILL');
		await second.stop();
		await database!.drop();
	}
});
