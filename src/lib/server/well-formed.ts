import { error } from '@sveltejs/kit';

/** Whether an address is UTF-8 without a NUL, which no text of the database can hold. */
export function isWellFormed({ pathname, search }: Pick<URL, 'pathname' | 'search'>): boolean {
	try {
		return !decodeURIComponent(pathname + search.replaceAll('+', ' ')).includes('\0');
	} catch {
		return false;
	}
}

/**
 * The same request, of which a form that cannot be read, or that holds a NUL, is the sender's fault.
 * Reading it then throws an HttpError 400, which pages show as such.
 */
export function withReadableForm(request: Request): Request {
	const read = request.formData.bind(request);
	return Object.assign(request, {
		async formData() {
			const form = await read().catch((reason: { status?: number }) => {
				if (reason.status) throw reason; // it was too large, or came too early
				error(400, 'this is no form');
			});
			for (const value of form.values()) if (typeof value === 'string' && value.includes('\0')) error(400, 'a field holds a NUL');
			return form;
		}
	});
}
