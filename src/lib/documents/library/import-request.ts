import { m } from '../../i18n/paraglide/messages.js';
import type { ImportReport } from '../import/report.ts';
import { RequestRefused } from './document-requests.ts';

export interface ImportInput {
	file: File;
	profile: string;
	title: string;
	workspace: string;
	agencyId: string;
}

export interface Imported {
	id: string;
	title: string;
	report: ImportReport;
}

/**
 * Sends a file to be imported. XMLHttpRequest, because fetch does not tell how much of a body has been sent.
 * @param onProgress the share sent, 0–1; null from then on, while the server reads
 * @throws RequestRefused; an AbortError when `signal` says so
 */
export function importDocument(
	input: ImportInput,
	signal: AbortSignal,
	onProgress: (share: number | null) => void
): Promise<Imported> {
	const form = new FormData();
	form.set('profile', input.profile);
	form.set('workspace', input.workspace);
	form.set('agency', input.agencyId);
	if (input.title.trim()) form.set('title', input.title);
	form.set('file', input.file);
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', '/api/documents/import');
		request.responseType = 'json';
		request.upload.onprogress = ({ lengthComputable, loaded, total }) =>
			lengthComputable && onProgress(loaded < total ? loaded / total : null);
		request.upload.onload = () => onProgress(null);
		request.onload = () => {
			if (request.status === 201) resolve(request.response as Imported);
			else reject(refusal(request));
		};
		request.onerror = () => reject(new RequestRefused(0, m.library_error_network(), null));
		request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
		signal.addEventListener('abort', () => request.abort());
		request.send(form);
	});
}

function refusal(request: XMLHttpRequest): RequestRefused {
	const answer = (request.response ?? {}) as { message?: string; field?: string | null };
	// A server in front may cut a large upload off with a page of its own.
	const message = answer.field !== undefined ? answer.message : request.status === 413 ? m.library_error_too_large() : undefined;
	return new RequestRefused(request.status, message ?? m.errors_refused_other(), answer.field ?? null);
}
