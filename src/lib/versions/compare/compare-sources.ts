import { updatesToJson } from '../../documents/schema/body.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { sourcesIn, withHashes, type Picture } from '../compose-version.ts';
import { readContent } from '../render-version.ts';
import { compareContents, type ComparedContent } from './compare.ts';
import type { ComparedSide, MeasuredSide } from './compared.ts';
import type { Comparison } from './comparison.ts';
import { printComparison, TooLong } from './printed.ts';
import { writeComparisonDocx } from './write-docx.ts';
import { writeComparisonHtml } from './write-html.ts';
import { writeRevisions } from './write-revisions.ts';

/** One of both texts: the canonical JSON of a version, or a stored document as its updates. */
export type Source = { canonical: string } | { documentId: string; profile: ProfileId; updates: readonly Uint8Array[] };

/** Both texts, for a thread. */
export interface CompareOrder {
	before: Source;
	after: Source;
}

/** The same, and what is to be written of it. */
export interface PrintOrder extends CompareOrder {
	sides: { before: ComparedSide; after: ComparedSide };
	format: 'docx' | 'html';
	onlyChanges: boolean;
	/** By the uid of the row, for a third column. */
	explanations: ReadonlyMap<string, string> | null;
	/** A text with revisions by this author, instead of a table. */
	revisionsBy: string | null;
}

/** What the thread asks the process for: which pictures of a document its addresses are. */
export interface CompareQuestion {
	documentId: string;
	pictures: readonly string[];
}
type AskProcess = (question: CompareQuestion) => Promise<unknown>;

/** Compares two stored texts, for a thread. */
export async function compareSources({ before, after }: CompareOrder, ask: AskProcess): Promise<Comparison> {
	return compareContents(await contentOf(before, ask), await contentOf(after, ask));
}

/** Writes the comparison of two stored texts as a file, for a thread; null when it is too long for one. */
export async function printSources(order: PrintOrder, ask: AskProcess): Promise<Uint8Array | null> {
	const comparison = await compareSources(order, ask);
	const { sides, format, revisionsBy } = order;
	if (revisionsBy !== null) return writeRevisions(comparison.rows, profileOfSource(order.after), sides.after.title, revisionsBy);
	const measured = (side: 'before' | 'after'): MeasuredSide => ({ ...sides[side], ...comparison[side] });
	try {
		const printed = printComparison(comparison.rows, measured('before'), measured('after'), order);
		return format === 'docx' ? await writeComparisonDocx(printed) : new TextEncoder().encode(writeComparisonHtml(printed));
	} catch (error) {
		if (error instanceof TooLong) return null;
		throw error;
	}
}

function profileOfSource(source: Source): ProfileId {
	return 'canonical' in source ? readContent(source.canonical).profile : source.profile;
}

async function contentOf(source: Source, ask: AskProcess): Promise<ComparedContent> {
	if ('canonical' in source) return readContent(source.canonical);
	const content = updatesToJson(source.updates);
	const pictures = [...new Set(sourcesIn(content))];
	const found = pictures.length > 0 ? await ask({ documentId: source.documentId, pictures }) : {};
	return { profile: source.profile, content: withHashes(content, found as Record<string, Picture | null>) };
}
