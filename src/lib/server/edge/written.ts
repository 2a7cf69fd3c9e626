import { Refusal } from './refusal.ts';

/** A statement of supabase-js that answers rows; it is sent when it is waited for. */
type Rows<Row> = PromiseLike<{ data: Row[] | null }>;

/**
 * Waits for a write to one row that answers it. To row level security a row that may be read but not written is none; only then
 * `seen`, which reads the same row, is sent. @throws Refusal 404 when it is not seen, else 403 or what `because` says of it
 */
export async function written<Row>(
	write: Rows<unknown>,
	seen: Rows<Row>,
	because: (row: Row) => Refusal = () => new Refusal(403)
): Promise<void> {
	if ((await write).data?.length) return;
	const [row] = (await seen).data ?? [];
	throw row === undefined ? new Refusal(404) : because(row);
}
