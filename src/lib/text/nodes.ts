/** Builds the editor's nodes from the model, and keeps those that are still right. */
import type { Fragment, Node, NodeType } from '@tiptap/pm/model';
import { isPlain, readFields } from './births.ts';
import { grouped, groupOf, isGrouped, type Line } from './groups.ts';
import { allowed, holds, isBlockKind } from './kinds.ts';
import { leavesOf, OPAQUE, OPAQUE_BLOCK } from './leaves.ts';
import type { TextModel } from './model.ts';
import { cellName, type GridCell } from './table.ts';

/** A line of a cell as its separator has it: attributes that differ from those that are usual. */
export interface LineValue {
	kind: string;
	attrs: Record<string, unknown>;
}

/** Attributes of a block that are worth writing. */
export function ownAttrs(type: NodeType, attrs: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const usual = type.spec.attrs ?? {};
	return Object.fromEntries(
		Object.entries(attrs).filter(
			([name, value]) =>
				name !== 'uid' &&
				value !== null &&
				value !== undefined &&
				value !== usual[name]?.default &&
				!(name === 'depth' && value === 0)
		)
	);
}

export class NodeBuilder {
	readonly #model: TextModel;
	readonly #built = new Map<string, Line>();
	readonly #groups = new Map<string, Node>();
	readonly #cells = new Map<string, { node: Node; from: readonly unknown[] }>();

	constructor(model: TextModel) {
		this.#model = model;
	}

	/** These blocks have to be built anew. */
	forget(uids: Iterable<string>): void {
		for (const uid of uids) this.#built.delete(uid);
	}

	/** The editor has this node for a block that says the same. */
	keep(block: Node): void {
		const leaves = leavesOf(block);
		for (const { uid, node } of leaves) {
			const line = this.#built.get(uid);
			if (line) this.#built.set(uid, { ...line, node });
		}
		if (isGrouped(leaves[0]?.kind)) this.#groups.set(leaves[0].uid, block);
	}

	/** A block with what its group has to know of it. */
	lineFor(uid: string): Line {
		const known = this.#built.get(uid);
		if (known) return known;
		const { entries } = this.#model;
		const kind = entries.kindOf(uid);
		const line: Line = { kind, node: this.#build(uid, kind) };
		if (kind === 'listItem') {
			line.depth = entries.attribute(uid, kind, 'depth');
			line.more = entries.attribute(uid, kind, 'more');
		}
		this.#built.set(uid, line);
		return line;
	}

	/** The node around some lines; of the same lines it is the same. */
	groupFor(lines: readonly Line[]): Node {
		const node = groupOf(lines, this.#model.schema);
		const uid = lines[0].node.attrs.uid as string;
		const before = this.#groups.get(uid);
		if (before?.eq(node)) return before;
		this.#groups.set(uid, node);
		return node;
	}

	/** The attributes of an inline element. */
	inlineAttrs(uid: string, type: NodeType): Record<string, unknown> {
		return this.#attrs(uid, type.name, type);
	}

	/** The line that begins at a separator. */
	lineOf(uid: string): LineValue {
		const { entries } = this.#model;
		const said = entries.get(uid, 'kind');
		const kind = typeof said === 'string' ? said : 'paragraph';
		const type = this.#typeOf(kind);
		if (!type) return { kind, attrs: {} };
		const attrs: Record<string, unknown> = this.#attrs(uid, kind, type);
		if (kind === 'listItem') for (const name of ['depth', 'more']) attrs[name] = entries.attribute(uid, kind, name);
		return { kind, attrs: ownAttrs(type, attrs) };
	}

	/** The fields of a header block: those it has, and those with letters in them. */
	fieldsOf(uid: string): string[] {
		const { entries, doc } = this.#model;
		const born = entries.births.get(uid)?.fields ?? [];
		const fields = readFields(entries.get(uid, 'fields')) ?? born;
		const others = born.filter(
			(field) => !fields.includes(field) && doc.share.has(cellName(uid, field)) && this.#model.hasLetters(cellName(uid, field))
		);
		return [...fields, ...others];
	}

	/** Where lines of a cell that are not the first begin is said in an opaque element, which is no content. */
	static separator(value: unknown): LineValue | null {
		return isPlain(value) && isPlain(value.p) ? (value.p as unknown as LineValue) : null;
	}

	#build(uid: string, kind: string): Node {
		const { schema } = this.#model;
		const type = this.#typeOf(kind);
		if (!type) return schema.nodes[OPAQUE_BLOCK].create({ uid, is: kind });
		const attrs = { uid, ...this.#attrs(uid, kind, type) };
		switch (holds(kind)) {
			case 'cells':
				return type.create(attrs, this.#rows(uid));
			case 'fields':
				return type.create(
					attrs,
					this.fieldsOf(uid).map((name) =>
						schema.nodes.headerField.create({ name }, this.#model.part(cellName(uid, name)).content)
					)
				);
			default:
				return type.create(attrs, type.inlineContent ? this.#model.lettersOf(uid) : null);
		}
	}

	#rows(table: string): Node[] {
		const { tables, entries, schema } = this.#model;
		const columns = tables.columns(table);
		const widths = columns.map((column) => entries.entryAttribute(column, 'col', 'width'));
		const rows: Node[][] = tables.rows(table).map(() => []);
		for (const cell of tables.grid(table)) rows[cell.row].push(this.#cell(cell, columns, widths));
		return tables.rows(table).map((uid, nth) => schema.nodes.tableRow.create({ uid }, rows[nth]));
	}

	#cell({ name, column, rowspan, colspan }: GridCell, columns: readonly string[], widths: readonly unknown[]): Node {
		const { entries, schema } = this.#model;
		const [row] = name.split(':');
		const own = widths.slice(column, column + colspan);
		const colwidth = own.every((width) => typeof width !== 'number') ? null : own.map((width) => width ?? 0);
		const head = entries.get(name, 'head');
		const isHead =
			typeof head === 'boolean'
				? head
				: Boolean(entries.entryAttribute(row, 'row', 'head') ?? entries.entryAttribute(columns[column], 'col', 'head'));
		const align = allowed('paragraph', 'align', entries.get(name, 'align')) ?? null;
		const first = this.lineOf(name);
		const { content } = this.#model.part(name);
		const from = [content, JSON.stringify([first, rowspan, colspan, colwidth, isHead, align])];
		const known = this.#cells.get(name);
		if (known && known.from.every((value, nth) => value === from[nth])) return known.node;
		const type = isHead ? schema.nodes.tableHeader : schema.nodes.tableCell;
		const node = type.create({ col: columns[column], colspan, rowspan, colwidth, align }, this.#lines(first, content));
		this.#cells.set(name, { node, from });
		return node;
	}

	/** The blocks of a cell: its text, cut at the separators. */
	#lines(first: LineValue, content: Fragment): Node[] {
		const lines: { value: LineValue; nodes: Node[] }[] = [{ value: first, nodes: [] }];
		content.forEach((node) => {
			const value = node.type.name === OPAQUE ? NodeBuilder.separator(node.attrs.is) : null;
			if (value) lines.push({ value, nodes: [] });
			else lines.at(-1)!.nodes.push(node);
		});
		return grouped(
			lines.map(({ value, nodes }) => this.#line(value, nodes)),
			this.#model.schema
		);
	}

	#line({ kind, attrs }: LineValue, nodes: Node[]): Line {
		const { schema } = this.#model;
		const isUsable = holds(kind) === 'text' || (holds(kind) === 'nothing' && nodes.length === 0);
		const type = (isUsable && this.#typeOf(kind)) || schema.nodes.paragraph;
		const node = type.create(attrs, type.inlineContent ? nodes : null);
		return { kind: type.name === kind || isGrouped(kind) ? kind : 'paragraph', node, depth: attrs.depth, more: attrs.more };
	}

	#attrs(uid: string, kind: string, type: NodeType): Record<string, unknown> {
		const attrs: Record<string, unknown> = {};
		for (const name in type.spec.attrs) {
			if (name === 'uid') continue;
			const value = this.#model.entries.attribute(uid, kind, name);
			if (value !== undefined) attrs[name] = value;
		}
		return attrs;
	}

	/** The node that shows blocks of a kind; null when the editor knows none. */
	#typeOf(kind: string): NodeType | null {
		const { nodes } = this.#model.schema;
		if (isGrouped(kind)) return nodes.paragraph;
		const type = Object.hasOwn(nodes, kind) ? nodes[kind] : null;
		if (!type?.isInGroup('block') || type.isInline || type.name === OPAQUE_BLOCK) return null;
		return isBlockKind(kind) || type.inlineContent || type.isLeaf ? type : null;
	}
}
