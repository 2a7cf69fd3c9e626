import type * as Y from 'yjs';
import type { ProfileId } from '$lib/documents/schema/profiles.ts';
import { bodyToJson } from '$lib/documents/schema/body.ts';
import { buildOutline } from '$lib/exports/build-outline.ts';
import { writeTxt } from '$lib/exports/txt.ts';

/** A text as this page has it, printed as plain text with its numbers, for a person to copy out. */
export function ownText(ydoc: Y.Doc, { title, profile }: { title: string; profile: ProfileId }): string {
	return writeTxt(buildOutline({ title, profile, content: bodyToJson(ydoc) }));
}
