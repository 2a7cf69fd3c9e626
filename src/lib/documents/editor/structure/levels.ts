import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import type { Level } from '../../../text/levels.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { isProvision, levelOf, rangeOf, selectedBlocks, subtreeEnd, textBlock } from './blocks.ts';
import { ladder, levelInPlace, parentLevel, step } from './ladder.ts';

/**
 * Tab (1) and Shift-Tab (-1): the selected provisions and all that belongs to them go one step down or up. A plain
 * paragraph becomes a provision with Tab. False at the ends of the ladder, where there is nothing to do.
 */
export function shiftLevel(by: 1 | -1, profile: ProfileId): Command {
	return (state, dispatch) => {
		const { fromIndex, toIndex } = selectedBlocks(state);
		const steps = ladder(state.doc, profile);
		const roots = rootProvisions(state, fromIndex, toIndex);
		if (roots.length === 0) return by === 1 && paragraphToProvision(profile)(state, dispatch);
		if (roots.some((index) => step(steps, levelOf(state.doc.child(index)) as Level, by) === null)) return false;
		if (!dispatch) return true;
		const transaction = state.tr;
		for (const index of roots) {
			const { fromIndex: first, toIndex: behind, from } = rangeOf(state.doc, index, subtreeEnd(state.doc, index));
			let position = from;
			for (let at = first; at < behind; at++) {
				const block = state.doc.child(at);
				const level = levelOf(block);
				const next = level && step(steps, level, by);
				if (next) changeLevel(transaction, position, next);
				position += block.nodeSize;
			}
		}
		dispatch(transaction.scrollIntoView());
		return true;
	};
}

/** Makes the selected paragraphs and provisions provisions of this level (`mark` 'roman' for a Roman section). */
export function setLevel(level: Level, mark: string | null = null): Command {
	return (state, dispatch) => {
		const { fromIndex, toIndex, from } = selectedBlocks(state);
		const transaction = state.tr;
		let position = from;
		for (let index = fromIndex; index < toIndex; index++) {
			const block = state.doc.child(index);
			if (isProvision(block)) changeLevel(transaction, position, level, mark);
			else if (isPlain(block.type.name)) {
				const attrs = { uid: block.attrs.uid, level, mark };
				transaction.setNodeMarkup(transaction.mapping.map(position), state.schema.nodes.provision, attrs);
			}
			position += block.nodeSize;
		}
		if (!transaction.docChanged && !selectionIsConvertible(state)) return false;
		dispatch?.(transaction.scrollIntoView());
		return true;
	};
}

/** Makes the selected provisions plain paragraphs. */
export const setParagraph: Command = (state, dispatch) => convert(state, dispatch, 'paragraph');

/** Makes the selected blocks legal bases (căn cứ). */
export const setLegalBasis: Command = (state, dispatch) => convert(state, dispatch, 'legalBasis');

/** Makes the selected block the enacting line. */
export const setEnactingLine: Command = (state, dispatch) => convert(state, dispatch, 'enactingLine');

/** Makes the selected block the title of an appendix. */
export const setAppendix: Command = (state, dispatch) => convert(state, dispatch, 'appendix', { kind: 'appendix' });

/**
 * Backspace at the start of a block: an indent or a point goes a step out, then the number goes, then the text joins
 * the block before. References to the joined provision then point at the one that holds its text.
 */
export const backspaceAtStart: Command = (state, dispatch) => {
	const block = textBlock(state);
	if (!block || !state.selection.empty || state.selection.$from.parentOffset > 0) return false;
	const level = levelOf(block.node);
	if (level === null && block.node.type.name === 'paragraph') return joinBefore(state, dispatch);
	if (level === null && block.node.type.name !== 'legalBasis' && block.node.type.name !== 'enactingLine') return false;
	if (!dispatch) return true;
	const transaction = state.tr;
	const outer = level === 'indent' || level === 'point' ? parentLevel(state.doc, block.index) : null;
	if (outer === 'point' || outer === 'clause') changeLevel(transaction, block.from, outer);
	else transaction.setNodeMarkup(block.from, state.schema.nodes.paragraph, { uid: block.node.attrs.uid });
	dispatch(transaction.scrollIntoView());
	return true;
};

/** Delete at the end of a block takes in the text of the next one. */
export const deleteAtEnd: Command = (state, dispatch) => {
	const block = textBlock(state);
	if (!block || !state.selection.empty || state.selection.$from.parentOffset < block.node.content.size) return false;
	const next = state.doc.maybeChild(block.index + 1);
	if (!next || !next.isTextblock || !takesText(block.node.type.name)) return false;
	if (dispatch) dispatch(join(state, block.to, next.attrs.uid, block.node.attrs.uid).scrollIntoView());
	return true;
};

function joinBefore(state: EditorState, dispatch?: (transaction: Transaction) => void): boolean {
	const { $from } = state.selection;
	const before = $from.index(0) > 0 ? state.doc.child($from.index(0) - 1) : null;
	if (!before || !before.isTextblock || !takesText(before.type.name)) return false;
	dispatch?.(join(state, $from.before(), $from.parent.attrs.uid, before.attrs.uid).scrollIntoView());
	return true;
}

/** Joins the blocks around a position; references to `gone` are turned to `kept`. */
function join(state: EditorState, position: number, gone: unknown, kept: unknown): Transaction {
	const transaction = state.tr;
	const after = state.doc.resolve(position).nodeAfter;
	const before = state.doc.resolve(position).nodeBefore;
	if (after && before && after.type !== before.type) {
		transaction.setNodeMarkup(position, before.type, before.attrs);
	}
	transaction.join(position);
	// Of an empty block nothing goes on in the other: it is deleted.
	if (!gone || !kept || !after || after.content.size === 0) return transaction;
	transaction.doc.descendants((node, at) => {
		if (node.type.name === 'reference' && node.attrs.target === gone) transaction.setNodeAttribute(at, 'target', kept);
	});
	return transaction;
}

function paragraphToProvision(profile: ProfileId): Command {
	return (state, dispatch) => {
		const block = textBlock(state, 'paragraph');
		if (!block) return false;
		return setLevel(levelInPlace(state.doc, block.index, profile))(state, dispatch);
	};
}

function convert(
	state: EditorState,
	dispatch: ((transaction: Transaction) => void) | undefined,
	typeName: string,
	attrs: Record<string, unknown> = {}
): boolean {
	const { fromIndex, toIndex, from } = selectedBlocks(state);
	const type = state.schema.nodes[typeName];
	const transaction = state.tr;
	let position = from;
	for (let index = fromIndex; index < toIndex; index++) {
		const block = state.doc.child(index);
		if (type && isConvertible(block.type.name) && block.type !== type)
			transaction.setNodeMarkup(position, type, { uid: block.attrs.uid, ...attrs });
		position += block.nodeSize;
	}
	if (!transaction.docChanged) return false;
	dispatch?.(transaction.scrollIntoView());
	return true;
}

/** An explicit number belongs to its level, so both go together. */
function changeLevel(transaction: Transaction, position: number, level: Level, mark: string | null = null): void {
	const node = transaction.doc.nodeAt(position);
	if (!node) return;
	const titled = node.attrs.level === level ? node.attrs.titled : null;
	const attrs = { ...node.attrs, uid: node.attrs.uid, level, mark, number: null, titled };
	transaction.setNodeMarkup(position, undefined, attrs);
}

/** Of the provisions in a selection those that no other selected one contains. */
function rootProvisions(state: EditorState, fromIndex: number, toIndex: number): number[] {
	const roots: number[] = [];
	let behind = fromIndex;
	for (let index = fromIndex; index < toIndex; index++) {
		if (index < behind || !isProvision(state.doc.child(index))) continue;
		roots.push(index);
		behind = subtreeEnd(state.doc, index);
	}
	return roots;
}

function selectionIsConvertible(state: EditorState): boolean {
	const { fromIndex, toIndex } = selectedBlocks(state);
	for (let index = fromIndex; index < toIndex; index++) {
		if (!isConvertible(state.doc.child(index).type.name)) return false;
	}
	return true;
}

function isPlain(name: string): boolean {
	return name === 'paragraph' || name === 'legalBasis' || name === 'enactingLine';
}

function isConvertible(name: string): boolean {
	return isPlain(name) || name === 'provision' || name === 'appendix';
}

function takesText(name: string): boolean {
	return isConvertible(name);
}
