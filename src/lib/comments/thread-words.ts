import { m } from '../i18n/paraglide/messages.js';
import type { Anchor, Comment, Decision, Thread } from './threads.ts';

/** Where a thread stands, in words: "khoản 2 Điều 5", "Cả văn bản", "khoản 5 Điều 2 đã xóa". */
export function placeWords(anchors: readonly Anchor[]): string {
	const [first, ...more] = anchors;
	if (!first) return m.comments_whole_document();
	const place =
		first.state === 'deleted'
			? m.comments_place_deleted({ place: first.numberThen || m.comments_outside_provisions() })
			: first.number || m.comments_outside_provisions();
	return more.length > 0 ? m.comments_place_more({ place, n: more.length }) : place;
}

/** What became of the passage since it was quoted; '' when it stands as it was. */
export function changeWords(anchors: readonly Anchor[]): string {
	if (isLost(anchors)) return m.comments_lost();
	return anchors.some(({ state }) => state !== 'exact') ? m.comments_changed() : '';
}

/** Whether none of its passages is in the text any more. */
export function isLost(anchors: readonly Anchor[]): boolean {
	return anchors.length > 0 && anchors.every(({ state }) => state === 'deleted');
}

/** Whether a passage of it is in the text; of a thread about the whole document none is. */
export function standsInText(anchors: readonly Anchor[]): boolean {
	return anchors.some(({ state }) => state !== 'deleted');
}

/** What somebody decided, as a sentence after their name. */
export function decisionWords({ kind }: Decision): string {
	switch (kind) {
		case 'resolved':
			return m.comments_decided_resolved();
		case 'reopened':
			return m.comments_decided_reopened();
		case 'assigned':
			return m.comments_decided_assigned();
		case 'hidden':
			return m.comments_decided_hidden();
		case 'shown':
			return m.comments_decided_shown();
	}
}

/** A line of a thread behind its first comment: an answer, or a decision. */
export type Line = ({ is: 'comment' } & Comment) | ({ is: 'decision' } & Decision);

/** Answers and decisions in the order of their time. */
export function linesOf({ comments, decisions }: Pick<Thread, 'comments' | 'decisions'>): Line[] {
	const lines: Line[] = [
		...comments.slice(1).map((comment) => ({ is: 'comment' as const, ...comment })),
		...decisions.map((decision) => ({ is: 'decision' as const, ...decision }))
	];
	const timeOf = (line: Line) => (line.is === 'comment' ? line.createdAt : line.at);
	return lines.sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
}
