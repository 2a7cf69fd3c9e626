/** An element of a web page, whichever parser read it. */
export interface HtmlElement {
	/** In small letters. */
	tag: string;
	attributes: Record<string, string>;
	children: (HtmlElement | string)[];
}

const NOT_CONTENT = new Set(['style', 'script', 'head', 'meta', 'link', 'noscript', 'template', 'xml', 'title', 'object']);

/** What is read of a node of the browser's DOM (or of anything like it). */
export interface DomNode {
	nodeType: number;
	nodeName: string;
	nodeValue: string | null;
	childNodes: ArrayLike<DomNode>;
	attributes?: ArrayLike<{ name: string; value: string }>;
}

/** The tree of a DOM node: for a paste, where the browser has parsed the page. */
export function treeOfDom(root: DomNode): HtmlElement {
	return domElement(root) ?? { tag: 'body', attributes: {}, children: [] };
}

/** Whether an element holds nothing that is read (styles, scripts). */
export function isContent(tag: string): boolean {
	return !NOT_CONTENT.has(tag);
}

function domElement(node: DomNode): HtmlElement | null {
	const tag = node.nodeName.toLowerCase();
	if (!isContent(tag)) return null;
	const attributes: Record<string, string> = {};
	for (const { name, value } of Array.from(node.attributes ?? [])) attributes[name.toLowerCase()] = value;
	const children: (HtmlElement | string)[] = [];
	for (const child of Array.from(node.childNodes)) {
		if (child.nodeType === 3) children.push(child.nodeValue ?? '');
		else if (child.nodeType === 1) {
			const element = domElement(child);
			if (element) children.push(element);
		}
	}
	return { tag, attributes, children };
}

/** The text inside an element. */
export function textOf(element: HtmlElement | string): string {
	if (typeof element === 'string') return element;
	return element.children.map(textOf).join('');
}
