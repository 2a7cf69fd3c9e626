import type { ListedDocument } from '../documents/library/documents.ts';
import type { PrintedComment, PrintedComments } from '../exports/comment-marks.ts';
import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { textOf } from '../versions/compare/words.ts';
import { toWords } from './mentions.ts';
import { placeWords } from './thread-words.ts';
import { listThreads } from './threads.server.ts';
import type { Thread } from './threads.ts';

const PAGE = 200;

/** What was said of a document, for a Word file of it: each thread at the words that it is about now, hidden ones left out. @throws Refusal 404 */
export async function printComments(
	supabase: Client,
	parts: Pick<App, 'sql' | 'anchors'>,
	document: Pick<ListedDocument, 'id' | 'profile' | 'state'>
): Promise<PrintedComments> {
	const threads: Thread[] = [];
	for (let after: string | undefined = ''; after !== undefined;) {
		const page = await listThreads(supabase, parts, document.id, { limit: PAGE, ...(after && { after }) });
		threads.push(...page.items.filter(({ isHidden }) => !isHidden));
		after = page.next ?? undefined;
	}
	const ordered = threads.toReversed();
	const found = await parts.anchors.places(
		document,
		ordered.flatMap(({ anchor }) => anchor ?? [])
	);
	const printed: PrintedComments = { comments: [], places: [] };
	let nth = 0;
	for (const thread of ordered) {
		const place = thread.anchor ? found[nth++] : null;
		const said = wordsOf(thread, thread.anchor !== null && place === null, printed.comments.length);
		printed.comments.push(...said);
		printed.places.push({ uid: place?.uid ?? null, letters: place?.letters ?? null, comments: said.map(({ id }) => id) });
	}
	return printed;
}

function wordsOf(thread: Thread, isLost: boolean, first: number): PrintedComment[] {
	return thread.comments.map((comment, nth) => {
		const { author, createdAt, body } = comment;
		const place = nth === 0 && isLost ? `[${placeWords(thread.anchors)}]\n` : '';
		const wording = nth === 0 && thread.proposal ? `\n→ ${textOf(thread.proposal.words, 'after')}` : '';
		return {
			id: first + nth,
			parent: nth === 0 ? null : first,
			author: [author.name, author.agency].filter(Boolean).join(', '),
			at: createdAt,
			words: place + (body === '' ? '…' : toWords(body).words) + wording,
			isResolved: thread.state === 'resolved'
		};
	});
}
