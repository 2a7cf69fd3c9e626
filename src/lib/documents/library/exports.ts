import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/formats.ts';

type ExportState = 'waiting' | 'running' | 'done' | 'failed' | 'discarded';

/** A file that the signed-in person asked for. Times are ISO 8601. */
export interface Export {
	id: string;
	/** What it is made of: `document:ID`. */
	of: string;
	format: ExportFormat;
	state: ExportState;
	/** How much is done, from 0 to 1. */
	progress: number;
	askedAt: string;
	/** Until then it can be fetched. */
	expiresAt: string;
}

const of = v.pipe(
	v.string(m.exports_error_of),
	v.regex(/^document:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, m.exports_error_of)
);

/** What is to be made: of a document the whole, so there is no `part` to name. */
export const NewExport = v.object({
	of,
	part: v.optional(v.null(m.exports_error_part)),
	format: v.picklist(EXPORT_FORMATS, m.library_error_format)
});
export type NewExport = v.InferOutput<typeof NewExport>;

/** Which exports are looked for. */
export const ExportSearch = v.object({ of: v.optional(of) });

/** The document's id in `document:ID`. */
export const documentIdOf = (name: string): string => name.slice('document:'.length);

export const isOpen = ({ state }: Export): boolean => state === 'waiting' || state === 'running';
