/** The HTTP status that a refusal by the database means to the one who asked. */
const STATUS: Record<string, number> = {
	'42501': 403, // row level security or a missing grant
	'23505': 409, // unique
	'55000': 409, // not in the state for it
	'55006': 409, // still needed
	'23P01': 409, // exclusion
	'23514': 422, // check
	'23502': 422, // not null
	'23503': 422, // names a row that does not exist
	P0002: 404, // no data found
	PGRST116: 404 // PostgREST: no such row
};

/** Data exceptions: too long, no uuid, no date, out of range, a NUL. */
const NOT_OF_THE_TYPE = /^22/;

/** A request refused for a reason the caller can understand; `field` names what to correct, null when nothing does. */
export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly status: number;
	readonly field: string | null;
	/** SQLSTATE, or '' when the refusal did not come from the database. */
	readonly code: string;

	constructor(status: number, field: string | null = null, code = '', options?: ErrorOptions) {
		super(`refused with ${status}`, options);
		this.status = status;
		this.field = field;
		this.code = code;
	}
}

/** The status for a SQLSTATE (or PostgREST code); null when it is a fault of ours rather than a refusal. */
function statusOf(code: string | undefined): number | null {
	if (code === undefined) return null;
	return STATUS[code] ?? (NOT_OF_THE_TYPE.test(code) ? 422 : null);
}

/** Turns an error of supabase-js or of the system door into a Refusal; what is no refusal comes back as it was. */
export function refusalOf(error: unknown, field: string | null = null): Error {
	if (error instanceof Refusal) return error;
	const { code } = error as { code?: string };
	const status = statusOf(code);
	if (status) return new Refusal(status, field, code, { cause: error });
	return error instanceof Error ? error : new Error(`database answered ${code ?? 'without a code'}`, { cause: error });
}
