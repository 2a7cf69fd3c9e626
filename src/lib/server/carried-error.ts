/** An error on its way from one thread to another: structured cloning alone would lose SQLSTATE, detail and hint. */
export interface CarriedError {
	message: string;
	stack: string | undefined;
	fields: Record<string, unknown>;
}

// The parameters of a statement are what people typed, and an error is likely to be logged.
const LEFT_BEHIND = new Set(['params', 'queryOptions']);

export function packError(error: unknown): CarriedError {
	if (!(error instanceof Error)) return { message: String(error), stack: undefined, fields: {} };
	const fields = Object.entries(error).filter(([name, value]) => !LEFT_BEHIND.has(name) && typeof value !== 'function');
	return { message: error.message, stack: error.stack, fields: Object.fromEntries(fields) };
}

/** The error again. Its class is lost, its name and fields are not. */
export function unpackError({ message, stack, fields }: CarriedError): Error {
	return Object.assign(new Error(message), { stack: stack ?? message }, fields);
}
