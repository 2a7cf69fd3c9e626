import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { blocksOfTree } from './html-blocks.ts';
import { type HtmlElement, isContent } from './html-tree.ts';
import { refuseBeyond } from './limits.ts';
import type { SourceBlock } from './source.ts';

type ParsedNode = DefaultTreeAdapterTypes.ChildNode;

/**
 * The lines, tables, lists and pictures of a web page or of what Word puts on the clipboard. Structure, bold, italic,
 * underlined, struck, raised and lowered text stay; styling, scripts and comments go.
 */
export function htmlToBlocks(html: string): SourceBlock[] {
	return blocksOfTree(treeOfHtml(html));
}

/** The body of a page as a tree. @throws ImportError `large` when it is nested too deeply */
function treeOfHtml(html: string): HtmlElement {
	const root = parse(html).childNodes.find((node) => node.nodeName === 'html');
	const body = root && 'childNodes' in root ? root.childNodes.find((node) => node.nodeName === 'body') : undefined;
	return (body && element(body, 1)) ?? { tag: 'body', attributes: {}, children: [] };
}

function element(node: ParsedNode, depth: number): HtmlElement | null {
	if (!('tagName' in node) || !isContent(node.tagName)) return null;
	refuseBeyond('depth', depth);
	const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name.toLowerCase(), value]));
	const children: (HtmlElement | string)[] = [];
	for (const child of node.childNodes) {
		if (child.nodeName === '#text' && 'value' in child) children.push(child.value);
		else {
			const inner = element(child, depth + 1);
			if (inner) children.push(inner);
		}
	}
	return { tag: node.tagName, attributes, children };
}
