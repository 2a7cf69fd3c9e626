import { diffWordsWithSpace } from 'diff';

/** A run of words that both have, that only the later has, or that only the earlier had. */
export interface WordChange {
	kind: 'same' | 'added' | 'removed';
	text: string;
}

/** How long the search may take (ms); texts that differ in nearly everything are then shown as one taken out and one put in. */
const LONGEST_MS = 200;

/**
 * What was changed from one wording to another, word by word; for one provision, not for a whole text. Both are compared as
 * they are read: in the form of letters that a keyboard makes (NFC).
 */
export function wordChanges(before: string, after: string): WordChange[] {
	const [was, is] = [before.normalize('NFC'), after.normalize('NFC')];
	const changes = diffWordsWithSpace(was, is, { timeout: LONGEST_MS });
	if (!changes) return [kept('removed', was), kept('added', is)].filter(({ text }) => text !== '');
	return changes.map(({ added, removed, value }) => kept(added ? 'added' : removed ? 'removed' : 'same', value));
}

function kept(kind: WordChange['kind'], text: string): WordChange {
	return { kind, text };
}
