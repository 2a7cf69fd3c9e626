import { InputRule } from '@tiptap/pm/inputrules';
import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { isBasis, isEnacting, isSurelyBasis } from '../../import/frame-labels.ts';
import { profileOf, type ProfileId } from '../../schema/profiles.ts';
import { TYPED } from './typed-numbers.ts';

/**
 * Typing rule: `Căn cứ ` at the beginning of a paragraph before the text makes it a legal basis, and so do the other words
 * with which one begins where an import would take them for one. Backspace right after it makes it a paragraph again.
 */
export function typedBasis(profile: ProfileId): InputRule {
	const hasDash = profileOf(profile).legalBasis.prefix.trim() !== '';
	return new InputRule(/^\p{L}[\p{L}\p{M} \u00a0]{2,20}\s$/u, (state, [text], start, end) => {
		const typed = text.normalize('NFC');
		if (!isBasis(typed) || isBasis(typed.slice(0, -1))) return null;
		const { parent, index } = placeOf(state, start);
		// In a Party document the dash before it was typed too, and made an indent of the line.
		const isPlain = parent?.type.name === 'paragraph' || (hasDash && parent?.attrs.level === 'indent');
		if (!isPlain || !isBeforeText(state.doc, index)) return null;
		const isAmongOthers = state.doc.maybeChild(index - 1)?.type.name === 'legalBasis' || hasEnactingLine(state.doc, index);
		return isSurelyBasis(typed) || isAmongOthers ? become(state, 'legalBasis', text, start, end) : null;
	});
}

/** Typing rule: `QUYẾT NGHỊ:` alone in a paragraph before the text becomes the enacting line. */
export function typedEnactingLine(): InputRule {
	return new InputRule(/^\p{Lu}[\p{Lu}\p{M} \u00a0]{4,20}:$/u, (state, [text], start, end) => {
		const { parent, index } = placeOf(state, start);
		if (!isEnacting(text.normalize('NFC')) || parent?.type.name !== 'paragraph') return null;
		if (parent.content.size > end - start || !isBeforeText(state.doc, index)) return null;
		return become(state, 'enactingLine', text, start, end);
	});
}

function placeOf(state: EditorState, start: number): { parent: Node | null; index: number } {
	const $start = state.doc.resolve(start);
	return { parent: $start.depth === 1 ? $start.parent : null, index: $start.index(0) };
}

/** The letters stay, with the last one, which is not there yet. */
function become(state: EditorState, type: string, text: string, start: number, end: number): Transaction {
	const $start = state.doc.resolve(start);
	const { uid } = $start.parent.attrs;
	const last = text.slice(state.doc.textBetween(start, end).length);
	return state.tr.setMeta(TYPED, true).insertText(last, end).setNodeMarkup($start.before(), state.schema.nodes[type], { uid });
}

/** Whether neither provisions nor an enacting line stand before a block, from the header or the title of an appendix on. */
function isBeforeText(doc: Node, index: number): boolean {
	for (let at = index - 1; at >= 0; at--) {
		const { name } = doc.child(at).type;
		if (name === 'documentHeader' || name === 'appendix') return true;
		if (name !== 'paragraph' && name !== 'legalBasis') return false;
	}
	return true;
}

function hasEnactingLine(doc: Node, index: number): boolean {
	for (let at = index + 1; at < doc.childCount; at++) {
		const { name } = doc.child(at).type;
		if (name === 'enactingLine') return true;
		if (name === 'provision' || name === 'appendix') return false;
	}
	return false;
}
