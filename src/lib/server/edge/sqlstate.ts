import { Refusal, type About } from './refusal.ts';

type Meaning = Pick<About, 'key' | 'field'> & { status: number };

/**
 * What a refusal by the database means to the one who asked, by SQLSTATE (or PostgREST's code). The class PL is ours: a
 * function raises it where a standard state would not say which rule was broken. A test holds it against the migrations.
 */
export const MEANINGS: Record<string, Meaning> = {
	'42501': { status: 403 }, // row level security or a missing grant
	'23505': { status: 409, key: 'errors_refused_exists' }, // unique
	'23P01': { status: 409 }, // exclusion
	'55000': { status: 409 }, // not in the state for it
	'23502': { status: 422 }, // not null
	'23503': { status: 422 }, // names a row that does not exist
	'23514': { status: 422 }, // check
	P0002: { status: 404 }, // no data found
	PGRST116: { status: 404 }, // PostgREST: no such row
	PL001: { status: 422, key: 'accounts_refused_last_owner' },
	PL002: { status: 422, key: 'accounts_refused_agency_cycle', field: 'parentId' },
	PL003: { status: 422, key: 'accounts_refused_agency_closed' },
	PL004: { status: 409, key: 'accounts_refused_needs_successor', field: 'successorId' },
	PL005: { status: 409, key: 'accounts_refused_in_use' },
	PL006: { status: 403, key: 'accounts_refused_program' },
	PL101: { status: 409, key: 'library_error_not_in_trash' },
	PL102: { status: 409, key: 'library_error_kept' },
	PL201: { status: 413, key: 'errors_refused_quota', field: 'file' },
	PL301: { status: 409, key: 'errors_refused_stale' },
	PL302: { status: 422, key: 'library_error_return_reason', field: 'reason' },
	PL303: { status: 409, key: 'library_error_return_elsewhere' },
	PL304: { status: 409, key: 'library_error_profile_closed' },
	PL401: { status: 422, key: 'comments_error_assignee', field: 'assigneeId' },
	PL402: { status: 409, key: 'proposals_error_open' },
	PL403: { status: 409, key: 'proposals_error_decided' },
	PL501: { status: 409, key: 'versions_error_stays' }
};

/** Data exceptions: too long, no uuid, no date, out of range, a NUL. */
const NOT_OF_THE_TYPE = /^22/;

/** Turns an error of supabase-js or of the system door into a Refusal; what is no refusal, but a fault, comes back as it was. */
export function refusalOf(error: unknown): Error {
	if (error instanceof Refusal) return error;
	const { code } = error as { code?: string };
	const meaning = code === undefined ? undefined : (MEANINGS[code] ?? (NOT_OF_THE_TYPE.test(code) ? { status: 422 } : undefined));
	if (meaning) return new Refusal(meaning.status, { ...meaning, code, cause: error });
	return error instanceof Error ? error : new Error(`database answered ${code ?? 'without a code'}`, { cause: error });
}

/** What a SQLSTATE means where one statement meets it. */
type Meanings = Record<string, Partial<Meaning>>;

/** Waits for a statement and says more precisely than the table what its refusals mean: `{23505: {field: 'name'}}`. */
export async function meaning<T>(statement: PromiseLike<T>, here: Meanings): Promise<T> {
	try {
		return await statement;
	} catch (error) {
		const refusal = refusalOf(error);
		const about = refusal instanceof Refusal ? here[refusal.code] : undefined;
		if (!(refusal instanceof Refusal) || !about) throw error;
		const { code, field, cause } = refusal;
		throw new Refusal(about.status ?? refusal.status, { key: refusal.key ?? undefined, field, ...about, code, cause });
	}
}
