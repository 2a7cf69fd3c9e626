import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { symbolPrefix } from '../../schema/frame.ts';
import { wordsOf } from '../../schema/element-text.ts';
import type { Profile } from '../../schema/profiles.ts';
import { changedBlocks } from '../numbers/sequence.ts';

const symbolKey = new PluginKey<DecorationSet>('symbol-marks');

/** Draws what every export prints before a symbol that does not say it itself: `Số: `. */
export function symbolMarks(profile: Profile): Plugin<DecorationSet> {
	return new Plugin<DecorationSet>({
		key: symbolKey,
		state: {
			init: (_config, { doc }) => marksOf(doc, profile),
			apply: (transaction, marks, before, { doc }) => {
				if (!transaction.docChanged) return marks;
				return touchesHeader(before.doc, doc) ? marksOf(doc, profile) : marks.map(transaction.mapping, doc);
			}
		},
		props: { decorations: (state) => symbolKey.getState(state) }
	});
}

function touchesHeader(before: Node, after: Node): boolean {
	const changed = changedBlocks(before, after);
	return !!changed && after.children.slice(changed.from, changed.toAfter).some(isHeader);
}

function marksOf(doc: Node, profile: Profile): DecorationSet {
	const marks: Decoration[] = [];
	doc.forEach((block, at) => {
		if (!isHeader(block)) return;
		block.forEach((field, offset) => {
			const text = field.attrs.name === 'symbol' ? wordsOf(field) : '';
			const prefix = text && symbolPrefix(text, profile);
			const from = at + 1 + offset;
			if (prefix) marks.push(Decoration.node(from, from + field.nodeSize, { 'data-prefix': prefix }));
		});
	});
	return DecorationSet.create(doc, marks);
}

function isHeader({ type }: Node): boolean {
	return type.name === 'documentHeader';
}
