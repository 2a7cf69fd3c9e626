import { TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import { newUid } from '../../../base/ids.ts';
import { isTitled, type Level } from '../../../text/levels.ts';
import { profileOf, type ProfileId } from '../../schema/profiles.ts';
import { textBlock, type Block } from './blocks.ts';
import { articleOfText } from './article-text.ts';
import { childLevel, parentLevel } from './ladder.ts';
import { isTitleNow } from './titles.ts';

/**
 * Enter in a provision. It splits the text, and the first part keeps the uid. At the end: the next one of the same
 * level; the text of a Điều after its title; the first child after any other title or a colon (`bao gồm:`). In an empty
 * one: a step out, then plain text.
 */
export function enterInProvision(profile: ProfileId): Command {
	return (state, dispatch) => {
		const block = textBlock(state, 'provision');
		if (!block) return false;
		if (!dispatch) return true;
		const { $from, empty } = state.selection;
		const transaction = state.tr;
		if (block.node.content.size === 0) leave(state, transaction, block);
		else if (empty && $from.parentOffset === 0) insertBefore(state, transaction, block);
		else split(state, transaction, block, profile);
		dispatch(transaction.scrollIntoView());
		return true;
	};
}

/** Enter in an empty line of a Điều's own text begins the next Điều. */
export const enterInArticleText: Command = (state, dispatch) => {
	const block = textBlock(state, 'paragraph');
	if (!block || block.node.content.size > 0 || articleOfText(state.doc, block.index) === null) return false;
	const attrs = { uid: block.node.attrs.uid, level: 'article' };
	dispatch?.(state.tr.setNodeMarkup(block.from, state.schema.nodes.provision, attrs).scrollIntoView());
	return true;
};

/** Enter in a legal basis makes the next one; in an empty one plain text. */
export const enterInLegalBasis: Command = (state, dispatch) => {
	const block = textBlock(state, 'legalBasis');
	if (!block) return false;
	if (!dispatch) return true;
	const transaction = state.tr;
	if (block.node.content.size === 0)
		transaction.setNodeMarkup(block.from, state.schema.nodes.paragraph, { uid: block.node.attrs.uid });
	else {
		transaction.deleteSelection();
		transaction.split(transaction.selection.from, 1, [{ type: block.node.type, attrs: { uid: newUid() } }]);
	}
	dispatch(transaction.scrollIntoView());
	return true;
};

/** Enter at the end of the enacting line or of an appendix title begins the text below it. */
export function enterAfterHeading(profile: ProfileId): Command {
	return (state, dispatch) => {
		const block = textBlock(state, 'enactingLine') ?? textBlock(state, 'appendix');
		if (!block || !state.selection.empty || state.selection.$from.parentOffset < block.node.content.size) return false;
		if (!dispatch) return true;
		const { provision, paragraph } = state.schema.nodes;
		const isParty = profileOf(profile).family === 'party';
		const next =
			block.node.type.name === 'enactingLine'
				? provision.create({ uid: newUid(), level: isParty ? 'section' : 'article' })
				: paragraph.create();
		const transaction = state.tr.insert(block.to, next);
		dispatch(transaction.setSelection(TextSelection.create(transaction.doc, block.to + 1)).scrollIntoView());
		return true;
	};
}

/** Enter in the empty last line of the recipients leaves them. */
export const enterInRecipients: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	if (!empty || $from.depth !== 2 || $from.node(1).type.name !== 'recipients' || $from.parent.content.size) return false;
	const recipients = $from.node(1);
	if (recipients.childCount < 2 || $from.index(1) < recipients.childCount - 1) return false;
	if (!dispatch) return true;
	const transaction = state.tr.delete($from.before(), $from.after());
	const after = transaction.mapping.map($from.after(1));
	transaction.insert(after, state.schema.nodes.paragraph.create());
	dispatch(transaction.setSelection(TextSelection.create(transaction.doc, after + 1)).scrollIntoView());
	return true;
};

function leave(state: EditorState, transaction: Transaction, block: Block): void {
	const level = block.node.attrs.level as Level;
	const parent = isTitled(level) ? null : parentLevel(state.doc, block.index);
	const isNextTitle = level === 'clause' && parent !== 'article';
	if (parent && !isNextTitle) {
		transaction.setNodeMarkup(block.from, undefined, { ...block.node.attrs, level: parent, mark: null, number: null });
	} else transaction.setNodeMarkup(block.from, state.schema.nodes.paragraph, { uid: block.node.attrs.uid });
}

/** The text below keeps its uid: it is the same provision, one place further down. */
function insertBefore(state: EditorState, transaction: Transaction, block: Block): void {
	const { level, mark } = block.node.attrs;
	transaction.insert(block.from, state.schema.nodes.provision.create({ uid: newUid(), level, mark }));
}

function split(state: EditorState, transaction: Transaction, block: Block, profile: ProfileId): void {
	transaction.deleteSelection();
	const at = transaction.selection.from;
	const head = block.node.textBetween(0, at - block.from - 1);
	const level = nextLevel(state, block, head, profile);
	if (level === 'text') {
		transaction.split(at, 1, [{ type: state.schema.nodes.paragraph, attrs: { uid: newUid() } }]);
		return;
	}
	const mark = level === block.node.attrs.level ? block.node.attrs.mark : null;
	transaction.split(at, 1, [{ type: block.node.type, attrs: { uid: newUid(), level, mark, number: null } }]);
}

/** A Điều that is a sentence (a decision's) is followed by the next Điều; one with a title by its text, as an import has it. */
function nextLevel(state: EditorState, block: Block, head: string, profile: ProfileId): Level | 'text' {
	const { doc } = state;
	const level = block.node.attrs.level as Level;
	const opensList = /:\s*$/.test(head);
	if (level === 'article' && !opensList) return isTitleNow(state, block, head) ? 'text' : 'article';
	const isSentence = /[.;]\s*$/.test(head);
	if (isTitled(level)) return isSentence ? level : childLevel(doc, block.index, profile);
	if (opensList && level !== 'indent') return childLevel(doc, block.index, profile);
	return level;
}
