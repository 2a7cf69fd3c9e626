import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from './refusal.ts';
import { sentenceOf } from './sentence.ts';
import { refusalOf } from './sqlstate.ts';

/**
 * Answers a request of /api with what `work` gives. A Refusal, of ours or of the database, becomes JSON
 * `{message, field, missing?, present?}` with its status, in the reader's language; anything else is a fault.
 */
export async function answering(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		// A body that is too large, or comes too early, refuses to be read.
		const refusal = isHttpError(error) ? new Refusal(error.status) : refusalOf(error);
		if (!(refusal instanceof Refusal)) throw refusal;
		const { status, field, missing, present, also } = refusal;
		return Response.json(
			{ message: sentenceOf(refusal), field, ...(missing && { missing }), ...(present !== undefined && { present }), ...also },
			{ status }
		);
	}
}

/** The signed-in person of a request of /api. @throws Refusal 401 */
export function signedIn(event: Pick<RequestEvent, 'locals'>): { id: string; email: string } {
	if (!event.locals.person) throw new Refusal(401);
	return event.locals.person;
}
