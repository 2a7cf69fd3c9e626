import type { Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';

/**
 * Gives each block that may hold text and holds nothing an empty Y text, in the transaction that makes it. Otherwise two
 * people who begin to write in it at the same time make one each, and the text that has to go takes along what is being
 * typed into it.
 */
export function giveTexts(block: Y.XmlElement, schema: Schema): void {
	if (schema.nodes[block.nodeName]?.inlineContent) {
		if (block.length === 0) block.insert(0, [new Y.XmlText()]);
		return;
	}
	for (const child of block.toArray()) if (child instanceof Y.XmlElement) giveTexts(child, schema);
}
