import * as v from 'valibot';
import { line } from '../accounts/fields.ts';
import { m } from '../i18n/paraglide/messages.js';
import { LIMIT } from '../server/edge/paging.ts';

/** What people and programs send about versions: the same schemas read forms and JSON. */

/** A version that is to be frozen. */
export const NewVersion = v.object({
	label: line(200, m.versions_error_label),
	note: v.optional(v.pipe(v.string(), v.normalize('NFC'), v.trim(), v.maxLength(2000, m.versions_error_note)), '')
});

export const VersionSearch = v.object({
	kind: v.optional(v.picklist(['frozen', 'restore-point'])),
	after: v.optional(v.string()),
	limit: LIMIT
});

/** What is to be restored of a version: one provision, else the whole text. */
export const Restoring = v.object({ uid: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))) });
