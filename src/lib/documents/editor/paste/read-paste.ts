import { blocksOfTree } from '../../import/html-blocks.ts';
import { treeOfDom } from '../../import/html-tree.ts';
import { recognise } from '../../import/recognise.ts';
import type { SourceBlock } from '../../import/source.ts';
import { textToBlocks } from '../../import/text.ts';
import type { JsonNode } from '../../schema/json.ts';
import type { ProfileId } from '../../schema/profiles.ts';

/** What a paste brings. `blocks` are in reading order and never empty. */
export interface Pasted {
	blocks: JsonNode[];
	/** How many provisions were recognised. */
	provisions: number;
}

/**
 * Reads a web page, Word's clipboard or a plain text: its structure stays, its looks go. Null when there is nothing in
 * it. Pictures by address are left out: they lie on other people's servers.
 */
export function readPaste(data: { html: string; text: string }, profile: ProfileId): Pasted | null {
	const source = data.html ? readHtml(data.html) : textToBlocks(data.text);
	const usable = source.length || !data.html ? source : textToBlocks(data.text);
	if (usable.length === 0) return null;
	const { content } = recognise(usable, { profile, fragment: true });
	const blocks = (content.content ?? []).filter((block) => block.type !== 'image' || !isForeign(block));
	return blocks.length ? { blocks, provisions: blocks.filter((block) => block.type === 'provision').length } : null;
}

function readHtml(html: string): SourceBlock[] {
	const page = new DOMParser().parseFromString(html, 'text/html');
	return blocksOfTree(treeOfDom(page.body));
}

function isForeign(image: JsonNode): boolean {
	return !String(image.attrs?.src ?? '').startsWith('/api/files/');
}
