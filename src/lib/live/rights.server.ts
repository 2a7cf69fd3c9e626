import { inTime } from '../base/in-time.ts';
import { actAs } from '../server/act-as.ts';
import type { Sql } from '../server/sql.ts';
import { readTopic, type TopicKind } from './protocol.ts';

/** Questions to the database at the same time: a restart or a change of a whole workspace may raise thousands. */
const PARALLEL = 8;

/**
 * Which ids of `$1` the person may hear about: the rows that row level security shows them. A kind that is not here yet has
 * no rows, and is refused to everybody.
 */
const VISIBLE: Partial<Record<TopicKind, string>> = {
	// The whole library of a workspace, which guests do not have.
	workspace: 'select id from public.workspaces where id = any($1::uuid[]) and id in (select private.my_workspace_ids())',
	document: 'select id from public.documents where id = any($1::uuid[])',
	person: 'select id from public.people where id = any($1::uuid[]) and id = auth.uid()',
	rooms: 'select id from public.workspace_list where id = any($1::uuid[]) and can_watch_rooms',
	outbox: `select id from public.workspaces where id = any($1::uuid[]) and id in (select private.my_workspace_ids_as(array['owner']))`
};

/** Asks the database what people may hear about, as themselves, under row level security. */
export class Rights {
	readonly #sql: Pick<Sql, 'transaction'>;
	readonly #withinMs: number;
	readonly #queue: (() => void)[] = [];
	#asking = 0;

	constructor(sql: Pick<Sql, 'transaction'>, withinMs: number) {
		this.#sql = sql;
		this.#withinMs = withinMs;
	}

	/** Those of the topics that the person may see. Throws when that cannot be found out, or not in time. */
	visible(personId: string, topics: readonly string[]): Promise<Set<string>> {
		return inTime(
			this.#inTurn(() => this.#ask(personId, topics)),
			this.#withinMs,
			'the rights were not found out in time'
		);
	}

	async #ask(personId: string, topics: readonly string[]): Promise<Set<string>> {
		const byKind = Map.groupBy(
			topics.flatMap((name) => readTopic(name) ?? []),
			({ kind }) => kind
		);
		const seen = new Set<string>();
		await this.#sql.transaction((tx) =>
			actAs(tx, personId, async (asPerson) => {
				for (const [kind, named] of byKind) {
					const query = VISIBLE[kind];
					const rows = query ? await asPerson.query<{ id: string }>(query, [named.map(({ id }) => id)]) : [];
					for (const { id } of rows) seen.add(`${kind}:${id}`);
				}
			})
		);
		return seen;
	}

	async #inTurn<T>(ask: () => Promise<T>): Promise<T> {
		if (this.#asking >= PARALLEL) await new Promise<void>((resolve) => this.#queue.push(resolve));
		this.#asking++;
		try {
			return await ask();
		} finally {
			this.#asking--;
			this.#queue.shift()?.();
		}
	}
}
