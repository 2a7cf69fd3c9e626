import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { formatNumber } from '../../i18n/formats.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { Refusal, refusalOf } from '../../server/sqlstate.ts';
import { Turns } from '../../server/turns.ts';
import { IMPORT_LIMITS } from '../import/limits.ts';

/** Imports, uploads and exports: each person has one at a time, and some that wait for it. */
export const longWork = new Turns(20);

/** Answers with what `work` gives; a Refusal becomes JSON `{message, field}` with its status, in the reader's language. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		// A body that is too large, or comes too early, refuses to be read.
		const refusal = isHttpError(error) ? new Refusal(error.status) : refusalOf(error);
		if (!(refusal instanceof Refusal)) throw refusal;
		return Response.json({ message: refusalMessage(refusal), field: refusal.field }, { status: refusal.status });
	}
}

/** The signed-in person of the request. @throws Refusal 401 */
export function signedIn(event: Pick<RequestEvent, 'locals'>): { id: string; email: string } {
	if (!event.locals.person) throw new Refusal(401);
	return event.locals.person;
}

/** The body of a request as an object. @throws Refusal 422 when it is no JSON object; HttpError 413 */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
	const body: unknown = await request.json().catch((error) => {
		if (isHttpError(error)) throw error;
		return null;
	});
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(422);
	return body as Record<string, unknown>;
}

/** The body of a request through the schema that the page's form uses too. @throws Refusal 422 with the field */
export async function readInput<Schema extends v.GenericSchema<any, any>>(
	request: Request,
	schema: Schema
): Promise<v.InferOutput<Schema>> {
	return fitting(schema, await readJson(request));
}

/** The same of an address. @throws Refusal 422 with the field */
export function readQuery<Schema extends v.GenericSchema<any, any>>(schema: Schema, url: URL): v.InferOutput<Schema> {
	return fitting(schema, Object.fromEntries(url.searchParams));
}

function fitting<Schema extends v.GenericSchema<any, any>>(schema: Schema, given: unknown): v.InferOutput<Schema> {
	const { success, output, issues } = v.safeParse(schema, given);
	if (success) return output;
	throw new Refusal(422, String(issues[0].path?.[0]?.key ?? '') || null);
}

const MOST_ITEMS = 200;
const USUAL_ITEMS = 50;

/** Which piece of a list is asked for: `?after=` (the `next` of the piece before) and `&limit=` (1 to 200). @throws Refusal 422 */
export function readPaging(searchParams: URLSearchParams): { after: string | null; limit: number } {
	const limit = Number(searchParams.get('limit') ?? USUAL_ITEMS);
	if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS) throw new Refusal(422, 'limit');
	return { after: searchParams.get('after'), limit };
}

/** One sentence that says what to do next. */
export function refusalMessage({ status, field, code }: Pick<Refusal, 'status' | 'field' | 'code'>): string {
	if (code in CODE_MESSAGES) return CODE_MESSAGES[code]();
	const ofField = field === null ? undefined : FIELD_MESSAGES[field];
	if (status === 422 || status === 409)
		return ofField?.() ?? (status === 409 ? m.library_error_conflict() : m.library_error_invalid());
	if (status === 404 && field === 'workspace') return m.library_error_workspace();
	if (status === 413 && field === 'file') return m.library_error_too_large();
	return (STATUS_MESSAGES[status] ?? m.library_error_other)();
}

function importLimits(): string {
	const { characters, paragraphs, cells, depth } = IMPORT_LIMITS;
	return m.library_error_import_large({
		characters: formatNumber(characters),
		paragraphs: formatNumber(paragraphs),
		cells: formatNumber(cells),
		depth
	});
}

const STATUS_MESSAGES: Record<number, () => string> = {
	401: m.library_error_signed_out,
	403: m.library_error_forbidden,
	404: m.library_error_not_found,
	410: m.library_error_not_kept,
	413: m.errors_413_text,
	415: m.library_error_wrong_type,
	429: m.errors_429_text
};

const CODE_MESSAGES: Record<string, () => string> = {
	'55006': m.library_error_kept,
	'session-only': m.accounts_refused_program,
	'export-from-elsewhere': m.library_error_export_elsewhere,
	'export-long': m.exports_error_long,
	'exports-at-once': m.exports_error_at_once,
	'export-not-made': m.exports_error_not_made,
	'import-empty': m.library_error_import_empty,
	'import-broken': m.library_error_import_broken,
	'import-large': importLimits,
	'import-old-word': m.library_error_import_old_word,
	'import-pdf': m.library_error_import_pdf,
	'import-rtf': m.library_error_import_rtf,
	'import-zip': m.library_error_import_zip,
	'import-unknown': m.library_error_wrong_type
};

const FIELD_MESSAGES: Record<string, () => string> = {
	title: m.library_error_title,
	kind: m.library_error_kind,
	profile: m.library_error_profile,
	state: m.library_error_state,
	workspace: m.library_error_workspace,
	agency: m.library_error_agency,
	agencyId: m.library_error_subject,
	personId: m.library_error_subject,
	guestId: m.library_error_subject,
	organisation: m.library_error_organisation,
	email: m.library_error_email,
	days: m.library_error_days,
	role: m.library_error_role,
	reason: m.library_error_reason,
	file: m.library_error_file,
	format: m.library_error_format,
	of: m.exports_error_of,
	part: m.exports_error_part,
	after: m.library_error_after,
	limit: m.library_error_limit,
	name: m.accounts_error_required,
	scope: m.accounts_error_choose
};
