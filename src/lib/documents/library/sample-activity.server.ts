import { actAs } from '../../server/act-as.ts';
import type { Sql } from '../../server/sql.ts';

/**
 * Shows the pages about what goes on in use: invitations that are open, revoked and for a guest, with their mails, an export
 * that the first start makes, and tokens whose secrets nobody has. Each person does what is theirs; tokens need a session,
 * which a command has not, so the system door makes them.
 */
export async function addSampleActivity(sql: Sql, workspaceId: string): Promise<void> {
	const idOf = async (person: string) =>
		(await sql.query<{ id: string }>('select id from public.people where email = $1', [`${person}@sample.test`]))[0].id;
	const [owner, secretary, drafter] = await Promise.all([idOf('owner'), idOf('secretary'), idOf('drafter')]);
	const documents = await sql.query<{ id: string; kind: string }>(
		'select id, kind from public.documents where workspace_id = $1',
		[workspaceId]
	);
	const documentOf = (kind: string) => documents.find((document) => document.kind === kind)!.id;
	const invite = (agency: string, role: string, email: string | null) => (asPerson: Sql) =>
		asPerson.query(
			`insert into public.invitations (workspace_id, agency_id, role, email, expires_at)
			select $1, id, $3, $4, now() + interval '7 days' from public.agencies where workspace_id = $1 and code = $2`,
			[workspaceId, agency, role, email]
		);
	await sql.transaction(async (tx) => {
		await actAs(tx, owner, invite('SKHCN', 'secretary', 'thu-ky.skhcn@sample.test'));
		await actAs(tx, secretary, invite('HVHC', 'member', 'giang-vien.hvhc@sample.test'));
		await actAs(tx, secretary, invite('UBNDP', 'member', null));
		await actAs(tx, owner, (asPerson) =>
			asPerson.query('update public.invitations set revoked_at = now() where email = $1', ['giang-vien.hvhc@sample.test'])
		);
		await actAs(tx, drafter, (asPerson) =>
			asPerson.query(
				`insert into public.invitations (workspace_id, role, organisation, document_id, document_role, email, expires_at)
				values ($1, 'guest', 'Hiệp hội Doanh nghiệp thành phố', $2, 'commenter', 'hiep-hoi@sample.test', now() + interval '7 days')`,
				[workspaceId, documentOf('resolution')]
			)
		);
		await actAs(tx, secretary, (asPerson) => asPerson.query(`select public.request_export($1, 'docx')`, [documentOf('plan')]));
		for (const [person, name, scope] of [
			[owner, 'Sao lưu sang kho lưu trữ', 'read'],
			[secretary, 'Nhập văn bản từ trục liên thông', 'write']
		])
			await tx.query(
				`insert into public.access_tokens (person_id, name, scope, token_hash, expires_at)
				values ($1, $2, $3, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), now() + interval '90 days')`,
				[person, name, scope]
			);
	});
}
