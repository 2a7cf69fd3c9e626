import { isHttpError } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';
import { InvalidInput } from './refusal.ts';

/** Any schema that is read at once. */
export type Schema = v.GenericSchema<any, any>;

/** What a schema makes of input, whether it came as JSON, as a form or as a query. @throws InvalidInput */
export function readInput<S extends Schema>(schema: S, given: unknown): v.InferOutput<S> {
	const result = v.safeParse(schema, given, { message: sentenceOfIssue });
	if (result.success) return result.output;
	const errors: Record<string, string> = {};
	for (const issue of result.issues) errors[v.getDotPath(issue) ?? ''] ??= issue.message;
	throw new InvalidInput(errors);
}

/** The same of a request's JSON. @throws InvalidInput; HttpError 413 when the body is too large */
export async function readBody<S extends Schema>(schema: S, request: Request): Promise<v.InferOutput<S>> {
	const body: unknown = await request.json().catch((error) => {
		if (isHttpError(error)) throw error;
		return null;
	});
	return readInput(schema, body);
}

/** The same of the query of an address. @throws InvalidInput */
export function readQuery<S extends Schema>(schema: S, { searchParams }: URL): v.InferOutput<S> {
	return readInput(schema, Object.fromEntries(searchParams));
}

/** Where a schema says nothing itself. */
function sentenceOfIssue({ kind, input }: v.BaseIssue<unknown>): string {
	return kind === 'schema' && (input === undefined || input === null || input === '')
		? m.errors_refused_required()
		: m.errors_refused_field();
}
