/** A text, or one provision of it, that became again what a version holds. */
export interface Restoration {
	id: string;
	version: { id: string; label: string; createdAt: string };
	/** Of the provision; null for the whole text. */
	uid: string | null;
	/** How it is cited in the version; '' for the whole text. */
	citation: string;
	/** Under the name, function and agency of that day. */
	restoredBy: { id: string | null; name: string; title: string; agency: string };
	restoredAt: string;
	/** Null while it holds. */
	takenBack: { by: string; at: string } | null;
}

/** What became of a request to restore: null when the text said the same already. */
export interface Restored {
	id: string | null;
}

/** What a form says for the whole text, which has no uid. */
export const WHOLE = 'whole';
