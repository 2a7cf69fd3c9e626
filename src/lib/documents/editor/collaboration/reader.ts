import type { Mark, Node, Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { giveTexts } from '../../schema/give-texts.ts';
import { lettersOf } from './block-text.ts';
import { noteRemoval } from './removals.ts';

/** ProseMirror nodes by the Y type that they were read from; text types have an array of text nodes. */
export type Mapping = Map<object, Node | Node[]>;

/**
 * The nodes of a fragment. What the mapping already has is taken as it is, so unchanged blocks keep their identity and
 * nothing downstream (view, decorations, numbering) looks at them again.
 */
export function readFragment(fragment: Y.XmlFragment, schema: Schema, mapping: Mapping): Node[] {
	const nodes: Node[] = [];
	for (const child of fragment.toArray()) {
		const node = child instanceof Y.XmlElement ? readElement(child, schema, mapping) : null;
		if (node) nodes.push(node);
	}
	return nodes;
}

/** Null when the schema cannot hold the element: two edits that were each right alone left it without what it must have. */
function readElement(element: Y.XmlElement, schema: Schema, mapping: Mapping): Node | null {
	const known = mapping.get(element);
	if (known && !Array.isArray(known)) return known;
	const children: Node[] = [];
	for (const child of element.toArray()) {
		if (child instanceof Y.XmlElement) {
			const node = readElement(child, schema, mapping);
			if (node) children.push(node);
		} else if (child instanceof Y.XmlText) {
			children.push(...readText(child, schema));
		}
	}
	const node = make(element, schema, children) ?? (lettersOf(element).text ? fill(element, schema, children) : null);
	if (node) mapping.set(element, node);
	else {
		drop(element);
		mapping.delete(element);
	}
	return node;
}

function make(element: Y.XmlElement, schema: Schema, children: Node[]): Node | null {
	try {
		return schema.node(element.nodeName, element.getAttributes(), children);
	} catch {
		return null;
	}
}

/** Puts in what the schema asks for beside the children, such as the paragraph that a line of a list begins with. */
function fill(element: Y.XmlElement, schema: Schema, children: Node[]): Node | null {
	const node = schema.nodes[element.nodeName]?.createAndFill(element.getAttributes(), children) ?? null;
	element.doc?.transact(() => {
		for (const [nth, child] of (node?.children ?? []).entries()) {
			if (children.includes(child)) continue;
			const added = new Y.XmlElement(child.type.name);
			element.insert(nth, [added]);
			giveTexts(added, schema);
		}
	});
	return node;
}

function readText(text: Y.XmlText, schema: Schema): Node[] {
	const runs = text.toDelta() as { insert: string; attributes?: Record<string, Record<string, unknown>> }[];
	try {
		return runs.map((run) => schema.text(run.insert, marksOf(run.attributes ?? {}, schema)));
	} catch {
		drop(text);
		return [];
	}
}

/** A mark that may overlap itself is stored under its name with a hash behind it. */
function marksOf(attributes: Record<string, Record<string, unknown>>, schema: Schema): Mark[] {
	return Object.entries(attributes).map(([name, attrs]) =>
		schema.mark(name.replace(/--[a-zA-Z0-9+/=]{8}$/, ''), attrs)
	);
}

function drop(type: Y.XmlElement | Y.XmlText): void {
	type.doc?.transact((transaction) => {
		if (type instanceof Y.XmlElement) noteRemoval(transaction.doc, type);
		type._item?.delete(transaction);
	});
}
