import * as Y from 'yjs';
import type { ProfileId } from '$lib/documents/schema/profiles.ts';
import { isVersionOne } from '$lib/documents/schema/body-v1.ts';
import { bodyToJson } from '$lib/documents/schema/body.ts';
import type { JsonNode } from '$lib/documents/schema/json.ts';
import { readVersionOne } from '$lib/documents/schema/migrate.ts';
import { buildOutline } from '$lib/exports/build-outline.ts';
import { writeTxt } from '$lib/exports/txt.ts';

/** The same of several texts, also of such as version 1 wrote: what this device has and the server does not take. */
export function ownTexts(ydocs: readonly Y.Doc[], document: { title: string; profile: ProfileId }): string {
	return ydocs
		.map((ydoc) =>
			isVersionOne(ydoc)
				? print(readVersionOne([Y.encodeStateAsUpdate(ydoc)]).toJSON() as JsonNode, document)
				: ownText(ydoc, document)
		)
		.join('\n\n');
}

/** A text as this page has it, printed as plain text with its numbers, for a person to copy out. */
export function ownText(ydoc: Y.Doc, { title, profile }: { title: string; profile: ProfileId }): string {
	return print(bodyToJson(ydoc), { title, profile });
}

function print(content: JsonNode, { title, profile }: { title: string; profile: ProfileId }): string {
	return writeTxt(buildOutline({ title, profile, content }));
}
