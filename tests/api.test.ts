import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeApi } from '../src/lib/server/openapi/describe-api.ts';
import type { Operations } from '../src/lib/server/openapi/operation.ts';

const ROUTES = import.meta.glob<Record<string, unknown> & { _operations?: Operations }>('/src/routes/api/**/+server.ts');
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE)$/;

/** What the routes do, and what they say that they do: `GET /api/documents/{id}`. */
const implemented: string[] = [];
const described: string[] = [];

beforeAll(async () => {
	for (const [file, load] of Object.entries(ROUTES)) {
		const route = file.replace(/^\/src\/routes|\/\+server\.ts$/g, '');
		const { _operations = {}, ...exported } = await load();
		const { paths } = describeApi('0', { [route]: _operations }) as { paths: Record<string, object> };
		const [[path, methods]] = Object.entries(paths);
		described.push(...Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
		implemented.push(...Object.keys(exported).flatMap((name) => (METHOD.test(name) ? `${name} ${path}` : [])));
	}
	implemented.sort();
});

test('every route of /api says what its methods do, and nothing that they do not', () => {
	expect(implemented.length).toBeGreaterThan(50);
	expect(described.sort()).toEqual(implemented);
});

test('docs/api.md has a line for every address of /api, and none that is not there', () => {
	const docs = readFileSync(join(import.meta.dirname, '../docs/api.md'), 'utf8');
	const listed = [...docs.matchAll(/^\| `(\/api[^`]*)` \| ([A-Z, ]+) \|/gm)].flatMap(([, path, methods]) =>
		methods.split(', ').map((method) => `${method} ${path}`)
	);
	expect(listed.sort()).toEqual(implemented);
});
