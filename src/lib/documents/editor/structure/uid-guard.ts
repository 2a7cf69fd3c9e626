import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { newUid } from '../../../base/ids.ts';
import { sameSequence } from '../numbers/sequence.ts';

const key = new PluginKey<boolean>('uid-guard');
const WITH_UID = new Set(['provision', 'legalBasis', 'appendix']);

/**
 * Every provision, legal basis, appendix and footnote has a uid of its own: one that is missing is filled, and of two
 * blocks with one uid the later in the document gets a new one. Only somebody's own edits are answered, never a
 * colleague's: so two clients never correct each other. If two move one provision at the same moment both copies are seen
 * until the server has made one of them; that is left to it.
 */
export function uidGuard(): Plugin<boolean> {
	return new Plugin<boolean>({
		key,
		state: {
			init: () => true,
			// Whether the uids may have changed since they were last put right.
			apply: (transaction, doubtful, before, after) =>
				transaction.getMeta(key) ? false : doubtful || (transaction.docChanged && uidsMayDiffer(before.doc, after.doc))
		},
		appendTransaction: (transactions, before, state) => {
			if (!key.getState(state) || !transactions.some(isOwnEdit)) return null;
			return repairUids(state, doubledUids(before.doc)).setMeta(key, true);
		}
	});
}

/** Whether a transaction is the work of this person, not what came in from colleagues or from undo. */
export function isOwnEdit(transaction: Transaction): boolean {
	return transaction.docChanged && !transaction.getMeta(ySyncPluginKey)?.isChangeOrigin;
}

/** The transaction that gives each block that needs one a uid of its own, but for those to leave alone. May have no steps. */
export function repairUids(state: EditorState, leave: ReadonlySet<string> = new Set()): Transaction {
	const seen = new Set<string>();
	const transaction = state.tr;
	state.doc.descendants((node, position) => {
		if (node.isText) return false;
		if (!WITH_UID.has(node.type.name) && node.type.name !== 'footnote') return true;
		const { uid } = node.attrs;
		if (typeof uid === 'string' && uid && (!seen.has(uid) || leave.has(uid))) seen.add(uid);
		else transaction.setNodeAttribute(position, 'uid', newUid());
		return true;
	});
	return transaction;
}

/** Uids that more than one block has. */
function doubledUids(doc: Node): Set<string> {
	const seen = new Set<unknown>();
	const doubled = new Set<string>();
	doc.forEach(({ attrs: { uid } }) => {
		if (uid && seen.has(uid)) doubled.add(uid as string);
		seen.add(uid);
	});
	return doubled;
}

/** The uids of a document's blocks and footnotes. */
export function uidsOf(doc: Node): Set<string> {
	const uids = new Set<string>();
	doc.descendants((node) => {
		if (typeof node.attrs.uid === 'string') uids.add(node.attrs.uid);
		return !node.isText;
	});
	return uids;
}

function uidsMayDiffer(before: Node, after: Node): boolean {
	if (!sameSequence(before, after)) return true;
	for (let index = 0; index < after.childCount; index++) {
		const a = before.child(index);
		const b = after.child(index);
		if (a === b) continue;
		if (a.attrs.uid !== b.attrs.uid || b.childCount !== a.childCount) return true;
	}
	return false;
}
