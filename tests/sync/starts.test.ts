import { afterEach, expect } from 'vitest';
import { openBackend } from '../../src/lib/server/backend/backend.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createLog } from '../../src/lib/server/log.ts';
import { freshDatabase } from '../support/services.ts';
import { testWith } from './support/services.ts';

const NODES = 6;
const ROUNDS = 3;

const postgres = await freshDatabase();
await postgres?.drop();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

testWith('Postgres', postgres)(
	'nodes that start at once on an empty database all start, with the same secrets',
	async () => {
		for (let round = 0; round < ROUNDS; round++) {
			const database = (await freshDatabase())!;
			undo.push(() => database.drop());
			const config = readConfig({ DATABASE_URL: database.url });
			const starts = await Promise.allSettled(
				Array.from({ length: NODES }, () => openBackend(config, createLog('silent'), 'npm start'))
			);
			const nodes = starts.filter((start) => start.status === 'fulfilled').map(({ value }) => value);
			undo.push(() => Promise.all(nodes.map((node) => node.close())));
			expect(starts.filter((start) => start.status === 'rejected').map(({ reason }) => String(reason))).toEqual([]);
			expect(new Set(nodes.map(({ setupToken, backend }) => `${setupToken} ${backend.publishableKey}`)).size).toBe(1);
		}
	},
	180_000
);
