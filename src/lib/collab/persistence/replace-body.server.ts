import type { Sql } from '../../server/sql.ts';

/** What a text becomes in its next epoch, and what it was. */
export interface NewBody {
	documentId: string;
	/** The one that ends. */
	epoch: number;
	/** All of the text in that epoch, as one update, and the schema version of it. */
	past: Uint8Array;
	pastVersion: number;
	/** All of the text in the next, as one update, with its state vector and schema version. */
	bytes: Uint8Array;
	stateVector: Uint8Array;
	version: number;
}

/**
 * Puts a text in place of all that is stored of it, in a new epoch, and keeps what it was (EP2). The caller's transaction
 * holds the document's row for update, so that nothing is stored meanwhile.
 */
export async function replaceBody(
	tx: Sql,
	{ documentId, epoch, past, pastVersion, bytes, stateVector, version }: NewBody
): Promise<void> {
	const next = epoch + 1;
	await tx.query('update public.documents set epoch = $2, schema_version = $3 where id = $1', [documentId, next, version]);
	await tx.query('insert into public.document_past_bodies (document_id, epoch, schema_version, bytes) values ($1, $2, $3, $4)', [
		documentId,
		epoch,
		pastVersion,
		past
	]);
	await tx.query(
		`insert into public.document_snapshots as s (document_id, epoch, bytes, state_vector) values ($1, $2, $3, $4)
		on conflict (document_id) do update
		set epoch = excluded.epoch, bytes = excluded.bytes, state_vector = excluded.state_vector, version = s.version + 1, created_at = now()`,
		[documentId, next, bytes, stateVector]
	);
	await tx.query('delete from public.document_updates where document_id = $1 and epoch < $2', [documentId, next]);
}
