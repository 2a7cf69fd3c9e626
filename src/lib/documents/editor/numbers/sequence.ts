import type { Node } from '@tiptap/pm/model';

/**
 * Whether two documents have the same numbered blocks in the same places: then numbers, outline and citations of the
 * first hold for the second. Compares blocks by identity, so that typing in one block costs one look per block.
 */
export function sameSequence(before: Node, after: Node): boolean {
	if (before === after) return true;
	const { childCount } = before;
	if (after.childCount !== childCount) return false;
	for (let index = 0; index < childCount; index++) {
		const a = before.child(index);
		const b = after.child(index);
		if (a !== b && !sameNumber(a, b)) return false;
	}
	return true;
}

/** The first and last top-level blocks that differ, as indexes: `[from, toBefore)` and `[from, toAfter)`; null when none does. */
export function changedBlocks(before: Node, after: Node): { from: number; toBefore: number; toAfter: number } | null {
	if (before === after) return null;
	const least = Math.min(before.childCount, after.childCount);
	let from = 0;
	while (from < least && before.child(from) === after.child(from)) from++;
	if (from === before.childCount && from === after.childCount) return null;
	let toBefore = before.childCount;
	let toAfter = after.childCount;
	while (toBefore > from && toAfter > from && before.child(toBefore - 1) === after.child(toAfter - 1)) {
		toBefore--;
		toAfter--;
	}
	return { from, toBefore, toAfter };
}

function sameNumber(a: Node, b: Node): boolean {
	if (a.type !== b.type) return false;
	if (a.attrs === b.attrs) return true;
	const name = a.type.name;
	if (name !== 'provision' && name !== 'appendix') return true;
	return (
		a.attrs.uid === b.attrs.uid &&
		a.attrs.level === b.attrs.level &&
		a.attrs.mark === b.attrs.mark &&
		a.attrs.number === b.attrs.number &&
		a.attrs.kind === b.attrs.kind
	);
}
