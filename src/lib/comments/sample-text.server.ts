import type { ProfileId } from '../documents/schema/profiles.ts';
import { documentSchema } from '../documents/schema/schema.ts';
import type { Sql } from '../server/sql.ts';
import { applyAll } from '../text/apply.ts';
import { allLeaves } from '../text/leaves.ts';
import { TextModel } from '../text/model.ts';
import { newDoc } from '../text/new-doc.ts';
import { EditMaker, type Plan } from '../text/planned-edit.ts';

/** People of the sample who say something about its main document. */
export type Someone = 'owner' | 'secretary' | 'drafter' | 'codrafter' | 'reviewer' | 'guest';

/** The text of the sample's main document, to be read and written in by a command, which has no rooms. */
export interface SampleText {
	document: { id: string; profile: ProfileId; epoch: number };
	model: TextModel;
	write(plan: Plan): void;
	/** What was written. */
	updates: readonly Uint8Array[];
	close(): void;
}

export async function openSampleText(sql: Sql, workspaceId: string): Promise<SampleText> {
	const [document] = await sql.query<SampleText['document']>(
		`select id, profile, epoch from public.documents where workspace_id = $1 and kind = 'resolution'`,
		[workspaceId]
	);
	const rows = await sql.query<{ bytes: Uint8Array }>(
		'select bytes from public.document_updates where document_id = $1 order by id',
		[document.id]
	);
	const doc = newDoc();
	applyAll(
		doc,
		rows.map(({ bytes }) => bytes)
	);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => void updates.push(update));
	const model = new TextModel(doc, documentSchema);
	return {
		document,
		model,
		write: (plan) => new EditMaker(model, 'sample').prepare(plan).write(),
		updates,
		close() {
			model.destroy();
			doc.destroy();
		}
	};
}

/** The block that begins with these words. */
export function uidOf(model: TextModel, begins: string): string {
	const leaf = allLeaves(model.node).find(({ node }) => node.textContent.startsWith(begins));
	if (!leaf) throw new Error(`the sample has no provision that begins with “${begins}”`);
	return leaf.uid;
}

export const idOf = async (tx: Sql, person: Someone) =>
	(await tx.query<{ id: string }>('select id from public.people where email = $1', [`${person}@sample.test`]))[0].id;
