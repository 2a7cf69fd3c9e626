import type { UploadImage } from '$lib/documents/editor/paste/images.ts';
import { m } from '$lib/i18n/paraglide/messages.js';

/** Keeps an image with its document. */
export function uploadImage(documentId: string): UploadImage {
	return async (file) => {
		const body = new FormData();
		body.set('file', file);
		const response = await fetch(`/api/documents/${documentId}/files`, { method: 'POST', body }).catch(() => null);
		const answer = (await response?.json().catch(() => null)) as { url?: string; message?: string } | null;
		if (response?.ok && answer?.url) return { url: answer.url };
		return { error: answer?.message ?? m.editor_image_failed() };
	};
}
