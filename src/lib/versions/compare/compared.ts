import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';
import type { Extent } from './comparison.ts';

/** What can be compared: a version, or a document as it is at this moment. */
export interface Compared {
	kind: 'version' | 'live';
	/** Of the version or the document. */
	id: string;
}

/** `version:ID` or `live:DOCUMENT_ID`, as addresses and programs name it. */
export const ComparedName = v.pipe(
	v.string(),
	v.regex(/^(?:version|live):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, () => m.versions_compare_error_side()),
	v.description('version:ID, or live:DOCUMENT_ID'),
	v.transform((name): Compared => {
		const [kind, id] = name.split(':');
		return { kind: kind as Compared['kind'], id: id.toLowerCase() };
	})
);

/** The name of a side, as addresses have it. */
export function comparedName({ kind, id }: Compared): string {
	return `${kind}:${id}`;
}

/** A side of a comparison, and what it is called. */
export interface ComparedSide extends Compared {
	documentId: string;
	/** Of the document. */
	title: string;
	/** Of a frozen version; '' of a restore point and of the text as it is. */
	label: string;
	/** When the version was kept; null of the text as it is. */
	createdAt: string | null;
}

/** What is said of a side beside its text. */
export type MeasuredSide = ComparedSide & Extent;

/** The address of a comparison, in the workspace of the later text. */
export function compareHref(slug: string, documentId: string, before: string, after: string): string {
	return `/${slug}/documents/${documentId}/compare?before=${before}&after=${after}`;
}
