import { m } from '../i18n/paraglide/messages.js';
import type { Anchor, Comment, Decision, Thread } from './threads.ts';

/** Where a thread stands, in words: "khoản 2 Điều 5", "Cả văn bản", "khoản 5 Điều 2 đã xóa". */
export function placeWords(anchors: readonly Anchor[]): string {
	const [first, ...more] = anchors;
	if (!first) return m.comments_whole_document();
	const place = first.state === 'deleted' ? deletedWords(first) : first.number || m.comments_outside_provisions();
	return more.length > 0 ? m.comments_place_more({ place, n: more.length }) : place;
}

/** What is gone is named as it was in the last frozen version that had it, else as it was when somebody commented on it. */
function deletedWords({ lastStanding, numberThen }: Anchor): string {
	const placeOf = (number: string) => number || m.comments_outside_provisions();
	return lastStanding
		? m.comments_place_deleted_since({ label: lastStanding.label, place: placeOf(lastStanding.number) })
		: m.comments_place_deleted({ place: placeOf(numberThen) });
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
export function decisionWords({ kind, assignee }: Decision): string {
	switch (kind) {
		case 'resolved':
			return m.comments_decided_resolved();
		case 'reopened':
			return m.comments_decided_reopened();
		case 'assigned':
			return assignee === null ? m.comments_decided_unassigned() : m.comments_decided_assigned({ name: assignee });
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
