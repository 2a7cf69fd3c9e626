import type { Node } from '@tiptap/pm/model';
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';

type Attributes = Record<string, unknown>;

/** Writes all of an element but its content. Attributes that are null are not stored; those the schema lacks stay. */
export function writeElement(element: Y.XmlElement, node: Node, binding: ProsemirrorBinding): void {
	binding.mapping.set(element as never, node);
	const known = element.getAttributes() as Attributes;
	for (const name of Object.keys(known)) if (node.attrs[name] === null) element.removeAttribute(name);
	for (const [name, value] of stored(node)) if (!isEqual(known[name], value)) element.setAttribute(name, value as string);
}

/** True when the element has the name and the attributes of the node. */
export function isWritten(element: Y.XmlElement, node: Node): boolean {
	const attributes = stored(node);
	const known = element.getAttributes() as Attributes;
	if (element.nodeName !== node.type.name || attributes.length !== Object.keys(known).length) return false;
	return attributes.every(([name, value]) => isEqual(known[name], value));
}

/** Values of attributes, which may be lists and objects. */
export function isEqual(one: unknown, other: unknown): boolean {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function stored({ attrs }: Node): [string, unknown][] {
	return Object.entries(attrs).filter(([, value]) => value !== null);
}
