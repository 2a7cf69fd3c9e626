import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { InferOutput } from 'valibot';
import { readInput, type Schema } from './input.ts';
import { InvalidInput, Refusal } from './refusal.ts';
import { sentenceOf } from './sentence.ts';
import { refusalOf } from './sqlstate.ts';

/** What a page gets back when an act was refused: what was typed (never a password), and what to say where. */
export interface FormRefusal {
	values: Record<string, string>;
	/** One sentence for each field that is wrong. */
	errors: Record<string, string>;
	/** About the whole form. */
	message?: string;
}

/**
 * A form action: reads the form through `schema` and does `work`. A Refusal, of ours or of the database, becomes a failure
 * with its status that keeps what was typed; anything else is a fault.
 */
export function acting<S extends Schema, Event extends RequestEvent<any, any>, Done>(
	schema: S,
	work: (input: InferOutput<S>, event: Event) => Promise<Done>
): (event: Event) => Promise<Done | ActionFailure<FormRefusal>> {
	return async (event) => {
		const form = await event.request.formData();
		const given = Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
		try {
			return await work(readInput(schema, given), event);
		} catch (error) {
			return refusing(error, given);
		}
	};
}

/** What a form action answers when it was refused; `given` is what the form had. @throws what is no Refusal, but a fault */
export function refusing(error: unknown, given: Record<string, string>): ActionFailure<FormRefusal> {
	const refusal = refusalOf(error);
	if (!(refusal instanceof Refusal)) throw error;
	const values = Object.fromEntries(Object.entries(given).filter(([name]) => !/password/i.test(name)));
	return fail(refusal.status, { values, ...placed(refusal, given) });
}

/** A refusal beside the field that it is about, or above the form when that has no such field. */
function placed(refusal: Refusal, given: Record<string, string>): Pick<FormRefusal, 'errors' | 'message'> {
	if (refusal instanceof InvalidInput) return { errors: refusal.errors };
	if (refusal.field !== null && refusal.field in given) return { errors: { [refusal.field]: sentenceOf(refusal) } };
	return { errors: {}, message: sentenceOf(refusal) };
}
