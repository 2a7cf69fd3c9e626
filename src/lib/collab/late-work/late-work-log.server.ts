import * as Y from 'yjs';
import type { Sql } from '../../server/sql.ts';
import { SqlStore } from '../persistence/sql-store.server.ts';
import { partsOf } from '../persistence/store.server.ts';

/** A process that ended holds up the next attempt this long. */
const LEASE = '2 minutes';

/** One device's work that is being brought in. Nobody else brings in work of the same epoch meanwhile. */
export interface Claim {
	id: number;
	/** The Yjs client that its edit is made as. */
	client: number;
}

/** What is kept of an epoch that is over. */
export interface KeptBody {
	schemaVersion: number;
	replacedAt: string;
	/** The body, and what devices have brought of it since. */
	parts: Uint8Array[];
}

interface Open extends Claim {
	liveEpoch: number;
	hasEdit: boolean;
	isOver: boolean;
}

/** Which late work is in the text (`document_late_work`), through the system door: the caller has asked who may. */
export class LateWorkLog {
	readonly #sql: Sql;

	constructor(sql: Sql) {
		this.#sql = sql;
	}

	/** `not-kept`: there is no body of this epoch. `busy`: somebody else's work of it is being brought in. */
	async claim(documentId: string, epoch: number, personId: string): Promise<Claim | 'not-kept' | 'busy'> {
		await this.#settle(documentId, epoch);
		const [claim] = await this.#sql.query<Claim>(
			`insert into public.document_late_work (document_id, epoch, person_id, live_epoch, client)
			select b.document_id, b.epoch, $3, d.epoch, $4
			from public.document_past_bodies b join public.documents d on d.id = b.document_id
			where b.document_id = $1 and b.epoch = $2
			on conflict (document_id, epoch) where done_at is null do nothing
			returning id::integer, client::float8`,
			[documentId, epoch, personId, Math.floor(Math.random() * 2 ** 32)]
		);
		if (claim) return claim;
		const [kept] = await this.#sql.query('select 1 from public.document_past_bodies where document_id = $1 and epoch = $2', [
			documentId,
			epoch
		]);
		return kept ? 'busy' : 'not-kept';
	}

	async readBody(documentId: string, epoch: number): Promise<KeptBody> {
		const [body] = await this.#sql.query<{ bytes: Uint8Array; schemaVersion: number; replacedAt: string }>(
			'select bytes, schema_version as "schemaVersion", replaced_at as "replacedAt" from public.document_past_bodies where document_id = $1 and epoch = $2',
			[documentId, epoch]
		);
		const brought = await this.#sql.query<{ bytes: Uint8Array }>(
			'select bytes from public.document_late_work where document_id = $1 and epoch = $2 and done_at is not null order by id',
			[documentId, epoch]
		);
		return {
			schemaVersion: Number(body.schemaVersion),
			replacedAt: body.replacedAt,
			parts: [body.bytes, ...brought.map(({ bytes }) => bytes)]
		};
	}

	/** The edit is about to be made. */
	async willEdit({ id }: Claim, news: Uint8Array): Promise<void> {
		await this.#sql.query('update public.document_late_work set bytes = $2, begun_at = now() where id = $1', [id, news]);
	}

	/** The edit is durable. */
	async done({ id }: Claim): Promise<void> {
		await this.#sql.query('update public.document_late_work set done_at = now() where id = $1', [id]);
	}

	/** No edit was made. */
	async giveUp({ id }: Claim): Promise<void> {
		await this.#sql.query('delete from public.document_late_work where id = $1', [id]);
	}

	/** A process that ended in the middle said neither: the text says whether the edit is in it. */
	async #settle(documentId: string, epoch: number): Promise<void> {
		const [open] = await this.#sql.query<Open>(
			`select id::integer, client::float8, live_epoch as "liveEpoch", bytes is not null as "hasEdit", begun_at < now() - interval '${LEASE}' as "isOver"
			from public.document_late_work where document_id = $1 and epoch = $2 and done_at is null`,
			[documentId, epoch]
		);
		if (!open?.isOver) return;
		if (open.hasEdit && (await this.#hasClient(documentId, open))) await this.done(open);
		else await this.giveUp(open);
	}

	/** Whether the text of that epoch, which may be over by now, has anything of a client. */
	async #hasClient(documentId: string, { liveEpoch, client }: Open): Promise<boolean> {
		const stored = await new SqlStore(this.#sql).load(documentId);
		const [past] = await this.#sql.query<{ bytes: Uint8Array }>(
			'select bytes from public.document_past_bodies where document_id = $1 and epoch = $2',
			[documentId, liveEpoch]
		);
		const parts = stored?.epoch === liveEpoch ? partsOf(stored) : past ? [past.bytes] : [];
		return parts.some((bytes) => Y.parseUpdateMeta(bytes).to.has(client));
	}
}
