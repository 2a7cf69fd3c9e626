import type { InferOutput } from 'valibot';
import type { ListedDocument } from '../../documents/library/documents.ts';
import { getDocument } from '../../documents/library/documents.server.ts';
import { CONTENT_TYPES } from '../../exports/formats.ts';
import type { ExportedFile } from '../../exports/export-document.ts';
import { asciiFileName, contentDisposition } from '../../exports/file-name.ts';
import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { inThread, ThreadOutOfMemory, ThreadOverdue } from '../../server/threads/in-thread.ts';
import { findPictures } from '../freezing.server.ts';
import { contentOf, getVersion } from '../versions.server.ts';
import type { CompareQuestion, compareSources, printSources, Source } from './compare-sources.ts';
import type { Compared, ComparedSide, MeasuredSide } from './compared.ts';
import type { Comparison } from './comparison.ts';
import type { Explanation } from './explanations.ts';
import type { CompareQuery } from './input.ts';
import { sideName } from './printed.ts';

type Door = Pick<App, 'sql' | 'sync'>;
/** Longer than anything that is let into a document takes. */
const LONGEST_MS = 60_000;

/** A side with the document that it is of. */
export interface FoundSide {
	side: ComparedSide;
	document: ListedDocument;
}

/** Both sides, as far as the person may see them. @throws Refusal 404 when one is not visible */
export async function findSides(
	supabase: Client,
	{ before, after }: { before: Compared; after: Compared }
): Promise<{ before: FoundSide; after: FoundSide }> {
	const [was, is] = await Promise.all([findSide(supabase, before), findSide(supabase, after)]);
	return { before: was, after: is };
}

async function findSide(supabase: Client, compared: Compared): Promise<FoundSide> {
	const version = compared.kind === 'version' ? await getVersion(supabase, compared.id) : null;
	const document = await getDocument(supabase, version?.documentId ?? compared.id);
	const { id: documentId, title } = document;
	return {
		document,
		side: { ...compared, documentId, title, label: version?.label ?? '', createdAt: version?.createdAt ?? null }
	};
}

/** A comparison with what its sides are called. */
export interface NamedComparison extends Omit<Comparison, 'before' | 'after'> {
	before: MeasuredSide;
	after: MeasuredSide;
}

/** Compares two texts that the person was found to see, in a thread. @throws Refusal 413 */
export async function compareSides(
	door: Door,
	{ before, after }: { before: FoundSide; after: FoundSide },
	signal: AbortSignal
): Promise<NamedComparison> {
	const order = { before: await sourceOf(door, before), after: await sourceOf(door, after) };
	const options = { answer: pictures(door), signal, longestMs: LONGEST_MS };
	const { rows, counts, ...extents } = await bounded(
		inThread<typeof compareSources>('versions/compare/compare-sources.ts', 'compareSources', order, options)
	);
	return { before: { ...before.side, ...extents.before }, after: { ...after.side, ...extents.after }, counts, rows };
}

/** The same as a file. @throws Refusal 413 when it would have too many rows */
export async function printSides(
	door: Door,
	{ before, after }: { before: FoundSide; after: FoundSide },
	{ format, rows, as }: Pick<InferOutput<typeof CompareQuery>, 'rows' | 'as'> & { format: 'docx' | 'html' },
	explanations: readonly Explanation[],
	signal: AbortSignal
): Promise<ExportedFile> {
	const order = {
		before: await sourceOf(door, before),
		after: await sourceOf(door, after),
		sides: { before: before.side, after: after.side },
		format,
		onlyChanges: rows === 'changes',
		explanations: as === 'explained' ? new Map(explanations.map(({ uid, text }) => [uid, text])) : null,
		revisionsBy: as === 'revisions' && format === 'docx' ? after.document.leadAgency.name : null
	};
	const options = { answer: pictures(door), signal, longestMs: LONGEST_MS, isLong: true };
	const bytes = await bounded(
		inThread<typeof printSources>('versions/compare/compare-sources.ts', 'printSources', order, options)
	);
	if (!bytes) throw new Refusal(413, { field: 'rows', key: 'versions_compare_error_long' });
	const title = `So sánh ${after.side.title.slice(0, 80)} - ${sideName(after.side)} với ${sideName(before.side)}`;
	return {
		bytes,
		contentType: CONTENT_TYPES[format],
		filename: asciiFileName(title, format),
		disposition: contentDisposition(title, format)
	};
}

/** System door for the text of a version, for who has seen its row; the text of a document is that of what is stored. */
async function sourceOf({ sql, sync }: Door, { side, document }: FoundSide): Promise<Source> {
	if (side.kind === 'version') return { canonical: await contentOf(sql, side) };
	return { documentId: document.id, profile: document.profile, updates: await sync.readStored(document.id) };
}

function pictures({ sql }: Pick<App, 'sql'>) {
	return ({ documentId, pictures: addresses }: CompareQuestion) => findPictures(sql, documentId, addresses);
}

async function bounded<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (error instanceof ThreadOverdue || error instanceof ThreadOutOfMemory)
			throw new Refusal(413, { key: 'versions_compare_error_long' });
		throw error;
	}
}
