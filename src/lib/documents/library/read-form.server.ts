import { Refusal } from '../../server/sqlstate.ts';

/** What a form's boundaries and other fields may add to its file. */
const FORM_OVERHEAD_BYTES = 256 * 1024;

/**
 * The fields of an uploaded form. A body that says it is too large is refused before it is read.
 * @throws Refusal 413, or 422 when the body is no form
 */
export async function readForm(request: Request, largestFileBytes: number): Promise<FormData> {
	if (Number(request.headers.get('content-length')) > largestFileBytes + FORM_OVERHEAD_BYTES) throw new Refusal(413, 'file');
	if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(request.headers.get('content-type') ?? '')) throw new Refusal(422, 'file');
	try {
		return await request.formData();
	} catch (error) {
		// The server in front of this code cuts a body that turns out longer than it said.
		const { status } = error as { status?: number };
		throw new Refusal(status === 413 ? 413 : 422, 'file', '', { cause: error });
	}
}
