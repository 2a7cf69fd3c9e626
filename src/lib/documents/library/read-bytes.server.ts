import { Refusal } from '../../server/sqlstate.ts';

/** The body of a request, read no further than it may be long. @throws Refusal 413 */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let size = Number(request.headers.get('content-length'));
	if (size > most) throw new Refusal(413);
	size = 0;
	for await (const part of request.body ?? []) {
		size += part.byteLength;
		if (size > most) throw new Refusal(413);
		parts.push(part);
	}
	return new Uint8Array(Buffer.concat(parts));
}
