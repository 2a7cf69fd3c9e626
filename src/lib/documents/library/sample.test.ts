import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/test-app.ts';
import { Files } from '../../server/files/files.ts';
import { RowsHome } from '../../server/files/rows-home.ts';
import { createSampleWorkspace } from './sample.server.ts';

let stage: Awaited<ReturnType<typeof testApp>>;

beforeAll(async () => {
	stage = await testApp();
	const { sql, backend } = stage.app;
	await createSampleWorkspace({ sql, backend, files: new Files(sql, new RowsHome(sql)) }, 'mat-khau-thu-nghiem');
});
afterAll(() => stage?.close());

test('the sample has something to show on every page of what goes on in use', async () => {
	const rows = (statement: string) => stage.app.sql.query(statement);
	expect(await rows(`select state, role from public.invitation_list order by role, state`)).toEqual([
		{ state: 'open', role: 'guest' },
		{ state: 'open', role: 'member' },
		{ state: 'revoked', role: 'member' },
		{ state: 'open', role: 'secretary' }
	]);
	expect(await rows('select state, count(*)::int as count from public.outbox group by state order by state')).toEqual([
		{ state: 'cancelled', count: 1 },
		{ state: 'queued', count: 2 }
	]);
	expect(await rows(`select kind, state from public.jobs where workspace_id is not null`)).toEqual([
		{ kind: 'make-export', state: 'waiting' }
	]);
	expect(await rows('select scope from public.access_tokens order by scope')).toEqual([{ scope: 'read' }, { scope: 'write' }]);
	expect((await rows('select 1 from public.notices')).length).toBeGreaterThan(0);
});
