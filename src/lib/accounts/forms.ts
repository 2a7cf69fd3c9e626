import * as v from 'valibot';
import { m } from '../i18n/paraglide/messages.js';

/** What a page gets back when an act was refused: what was typed (never a password), and what to say where. */
export interface Refusal {
	values: Record<string, string>;
	errors: Record<string, string>;
	/** About the whole form. */
	message?: string;
}

type Read<Output> =
	| { input: Output; refusal: null; values: Record<string, string> }
	| { input: null; refusal: Refusal; values: Record<string, string> };

/** Reads a form through a schema: either the clean values, or the refusal with one sentence per field. */
export function readForm<Schema extends v.GenericSchema<any, any>>(schema: Schema, form: FormData): Read<v.InferOutput<Schema>> {
	const given = Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
	const values = Object.fromEntries(Object.entries(given).filter(([name]) => !/password/i.test(name)));
	const result = v.safeParse(schema, given);
	if (result.success) return { input: result.output, refusal: null, values };
	const errors: Record<string, string> = {};
	for (const issue of result.issues) {
		const field = String(issue.path?.[0]?.key ?? '');
		// A field that did not come at all has no sentence of its own.
		errors[field] ??=
			issue.kind === 'schema' && (issue.type === 'string' || issue.type === 'strict_object' || issue.type === 'object')
				? m.accounts_error_required()
				: issue.message;
	}
	return { input: null, refusal: { values, errors }, values };
}
