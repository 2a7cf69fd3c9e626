import { m } from '../i18n/paraglide/messages.js';

interface DataError {
	code?: string;
	message: string;
	details?: string | null;
}

/** The HTTP status and the sentence for a write that the database refused (SQLSTATE as PostgREST hands it on). */
export function explainRefusal(error: DataError): { status: 403 | 404 | 409 | 422 | 500; message: string } {
	const text = `${error.message} ${error.details ?? ''}`;
	switch (error.code) {
		case '42501':
			return { status: 403, message: m.accounts_refused_not_allowed() };
		case 'P0002':
		case 'PGRST116':
			return { status: 404, message: m.accounts_refused_gone() };
		case '23505':
			return { status: 409, message: m.accounts_refused_exists() };
		case '23503':
			if (/needs a successor/.test(text)) return { status: 409, message: m.accounts_refused_needs_successor() };
			return { status: 409, message: m.accounts_refused_in_use() };
		case '23514':
			if (/at least one owner/.test(text)) return { status: 422, message: m.accounts_refused_last_owner() };
			if (/agency is closed/.test(text)) return { status: 422, message: m.accounts_refused_agency_closed() };
			if (/its own parent/.test(text)) return { status: 422, message: m.accounts_refused_agency_cycle() };
			return { status: 422, message: m.accounts_refused_invalid() };
		default:
			return { status: 500, message: m.accounts_refused_unknown() };
	}
}
