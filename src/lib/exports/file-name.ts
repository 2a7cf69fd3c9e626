import { fold } from '../base/fold.ts';

/** Names longer than this are cut at a word; some file systems allow no more than 255 bytes in all. */
const LONGEST = 100;

/** A file name in plain ASCII: the title folded, everything but letters, digits and dots as hyphens; `van-ban` when nothing is left. */
export function asciiFileName(title: string, extension: string): string {
	const name = shortened(fold(title).replace(/[^a-z0-9._]+/gu, '-'), '-').replace(/^[-.]+|[-.]+$/gu, '');
	return `${name || 'van-ban'}.${extension}`;
}

/**
 * The `Content-Disposition` of a download: the ASCII name for old clients and the title as it is (RFC 5987, RFC 6266)
 * for all others.
 */
export function contentDisposition(title: string, extension: string): string {
	// Characters that some file system refuses, and control codes.
	const safe = shortened(
		title
			.normalize('NFC')
			.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
			.replace(/\s+/gu, ' ')
			.trim(),
		' '
	);
	const name = `${safe.replace(/^[.\s]+|[.\s]+$/gu, '') || 'van-ban'}.${extension}`;
	const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*!]/gu, percent);
	return `attachment; filename="${asciiFileName(title, extension)}"; filename*=UTF-8''${encoded}`;
}

function shortened(text: string, gap: string): string {
	if (text.length <= LONGEST) return text;
	const end = text.lastIndexOf(gap, LONGEST);
	return text.slice(0, end > LONGEST / 2 ? end : LONGEST);
}

function percent(char: string): string {
	return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
