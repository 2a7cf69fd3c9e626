import type { m } from '../../i18n/paraglide/messages.js';

/** The name of a sentence of the interface. */
export type MessageKey = keyof typeof m;

/** What is said of a refusal beside its status. */
export interface About {
	/** The sentence that says what to do next; without one, the status has its own. */
	key?: MessageKey;
	/** What the sentence leaves open. */
	params?: Record<string, string | number>;
	/** What to correct, as the caller named it. */
	field?: string | null;
	/** What still has to be there first, such as points without a disposition. */
	missing?: readonly string[];
	/** The row as it is now, for who has seen an old revision of it. */
	present?: unknown;
	/** Further members of the answer, where an operation promises them. */
	also?: Readonly<Record<string, unknown>>;
	/** SQLSTATE, when the database refused. */
	code?: string;
	cause?: unknown;
}

/**
 * A request refused for a reason the caller can understand. What row level security hides is 404; a refused write 403; a
 * conflict 409; invalid input 422 with its field. Throw it anywhere; the edge (`answering`, `acting`) turns it into an answer.
 */
export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly status: number;
	readonly key: MessageKey | null;
	readonly params: Record<string, string | number>;
	readonly field: string | null;
	readonly missing: readonly string[] | null;
	readonly present: unknown;
	readonly also: Readonly<Record<string, unknown>>;
	readonly code: string;

	constructor(status: number, { key, params = {}, field = null, missing, present, also = {}, code = '', cause }: About = {}) {
		super(`refused with ${status}${key ? ` (${key})` : ''}`, cause === undefined ? undefined : { cause });
		this.status = status;
		this.key = key ?? null;
		this.params = params;
		this.field = field;
		this.missing = missing ?? null;
		this.present = present;
		this.also = also;
		this.code = code;
	}
}

/** What was sent does not fit its schema: one sentence for each field that is wrong, by its path (`title`, `points.2.text`). */
export class InvalidInput extends Refusal {
	/** In the reader's language; '' is the input as a whole. */
	readonly errors: Readonly<Record<string, string>>;

	constructor(errors: Readonly<Record<string, string>>) {
		super(422, { field: Object.keys(errors)[0] || null });
		this.errors = errors;
	}
}
