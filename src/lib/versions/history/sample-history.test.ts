import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/test-app.ts';
import { createSampleWorkspace } from '../../documents/library/sample.server.ts';
import { Files } from '../../server/files/files.ts';
import { RowsHome } from '../../server/files/rows-home.ts';
import { noteEdits } from './note-edits.server.ts';
import { addSampleHistory } from './sample-history.server.ts';

let stage: Awaited<ReturnType<typeof testApp>>;

beforeAll(async () => {
	stage = await testApp();
	const { sql, backend } = stage.app;
	const door = { sql, backend, files: new Files(sql, new RowsHome(sql)) };
	const { workspaceId } = await createSampleWorkspace(door, 'mat-khau-thu-nghiem');
	await addSampleHistory(sql, workspaceId);
});
afterAll(() => stage?.close());

test('the sample shows how its resolution became what it is, and looking again adds nothing', async () => {
	const kinds = () =>
		stage.app.sql.query<{ kind: string; people: number }>(
			'select kind, count(distinct person_id)::int as people from public.provision_history group by kind order by kind'
		);
	const told = await kinds();
	expect(told.map(({ kind }) => kind)).toEqual(['added', 'changed', 'moved', 'removed']);
	expect(told.find(({ kind }) => kind === 'changed')!.people).toBe(2);
	const [{ id }] = await stage.app.sql.query<{ id: string }>('select document_id as id from public.provision_history limit 1');
	await noteEdits(stage.app.sql, id);
	expect(await kinds()).toEqual(told);
});
