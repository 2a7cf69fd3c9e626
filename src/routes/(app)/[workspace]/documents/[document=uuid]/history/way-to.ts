import type { EditorSession } from '$lib/documents/editor/editor-session.svelte.ts';
import type { ChangedPassage, HistoryEntry } from '$lib/versions/history/history.ts';

/**
 * What goes to the passage of a change, else to the narrowest provision in which it stood, once `close` has taken away what is
 * above the text; null when nothing of that is in the text any more.
 */
export function wayTo(
	session: EditorSession,
	{ uid, provisions }: HistoryEntry | ChangedPassage,
	close: (go: () => void) => void
): (() => void) | null {
	// A field of a header is named by its block.
	const there = [uid.split(':')[0], ...provisions.toReversed()].find((block) => placeOf(session, block) >= 0);
	return there === undefined ? null : () => close(() => session.reveal(placeOf(session, there)));
}

/** The top-level block that it is or stands in, by its place; -1 when it is not in the text. */
function placeOf({ model }: EditorSession, uid: string): number {
	return model?.topOf(uid) ?? -1;
}
