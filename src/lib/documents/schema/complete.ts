/**
 * A document with all that the text model asks for (`lib/text/SPEC.md`): text in NFC, a uid of its own on every block, row,
 * footnote, reference and placeholder, a name on every column, and nothing in a place where the model has none for it. Written and read
 * again it is exactly the same.
 */
import { Fragment, type Node, type NodeType } from '@tiptap/pm/model';
import { newUid } from '../../base/ids.ts';
import { isName, isPlain } from '../../text/births.ts';
import { grouped, isGrouped, type Line } from '../../text/groups.ts';
import { allowed, isBlockKind } from '../../text/kinds.ts';
import { cellsOf, type Grid, gridsOf, widthsOf } from './complete-table.ts';
import { clean, marksOf, nearest } from './complete-values.ts';
import type { JsonNode } from './json.ts';
import { documentSchema } from './schema.ts';

/**
 * What lacks is put in, and what stands where it may not is put right with its text; the first bearer of a uid keeps it.
 * @throws RangeError when a node or mark is none of the schema
 */
export function complete(json: JsonNode): JsonNode {
	return new Completion().document(json).toJSON() as JsonNode;
}

const { nodes } = documentSchema;

/** Where a block stands. */
interface Around {
	/** The lines of a cell have no uid, and are text or pictures. */
	isInCell: boolean;
	/** In a list, how deep, or among recipients: text is a line of these there. */
	depth?: number;
	isRecipient?: boolean;
}

class Completion {
	readonly #taken = new Set<string>();

	document({ content = [] }: JsonNode): Node {
		const lines = this.#lines(content, { isInCell: false });
		if (lines.length === 0) lines.push(this.#textBlock({ type: 'paragraph' }, { isInCell: false }));
		return documentSchema.topNodeType.create(null, grouped(lines, documentSchema));
	}

	/** Blocks as lines in a row; letters that stand in no block are a paragraph. */
	#lines(blocks: readonly JsonNode[], around: Around): Line[] {
		const lines: Line[] = [];
		const loose: JsonNode[] = [];
		const close = () => {
			if (loose.length > 0) lines.push(this.#textBlock({ type: 'paragraph', content: loose.splice(0) }, around));
		};
		for (const block of blocks) {
			if (typeOf(block).isInline) loose.push(block);
			else {
				close();
				lines.push(...this.#block(block, around));
			}
		}
		close();
		return lines;
	}

	#block(json: JsonNode, around: Around): Line[] {
		const { isInCell } = around;
		const content = json.content ?? [];
		switch (json.type) {
			case 'bulletList':
				return this.#list(content, { isInCell, depth: around.depth === undefined ? 0 : around.depth + 1 });
			case 'recipients':
				return this.#lines(content, { isInCell, isRecipient: true });
			case 'table':
				return isInCell ? this.#tableInCell(content) : this.#tables(json, content);
			case 'documentHeader':
			case 'signature':
				return isInCell ? this.#lines(content, { isInCell }) : this.#withFields(json, content);
			case 'image':
				return [{ kind: json.type, node: nodes.image.create(this.#attrs(nodes.image, json.type, json, isInCell)) }];
			case 'opaqueBlock':
				return this.#opaqueBlock(json, isInCell);
			default:
				return nodes[json.type].inlineContent ? [this.#textBlock(json, around)] : this.#lines(content, around);
		}
	}

	/** The first text of an item begins a line; further text goes on in it. */
	#list(items: readonly JsonNode[], around: Around): Line[] {
		return items.flatMap((item) => {
			const lines = this.#lines(item.type === 'listItem' ? (item.content ?? []) : [item], around);
			const own = lines.filter(({ kind, depth }) => kind === 'listItem' && depth === around.depth);
			for (const line of own.slice(1)) line.more = true;
			return lines;
		});
	}

	#textBlock(json: JsonNode, { isInCell, depth, isRecipient }: Around): Line {
		const kind =
			depth !== undefined ? 'listItem' : isRecipient ? 'recipients' : json.type === 'headerField' ? 'paragraph' : json.type;
		const type = isGrouped(kind) ? nodes.paragraph : nodes[kind];
		const attrs = this.#attrs(type, kind, json, isInCell);
		return { kind, node: type.create(attrs, this.#inline(json.content)), depth };
	}

	/** Of several fields of one name the text stands in the first, one below the other. */
	#withFields(json: JsonNode, content: readonly JsonNode[]): Line[] {
		const attrs = this.#attrs(nodes[json.type], json.type, json, false);
		const fields = new Map<string, JsonNode[]>();
		for (const child of content) {
			const text = child.type === 'headerField' ? (child.content ?? []) : [child];
			const name = isName(child.attrs?.name) ? child.attrs.name : (nodes.headerField.spec.attrs!.name.default as string);
			const before = fields.get(name);
			if (!before) fields.set(name, text);
			else if (text.length > 0) fields.set(name, before.length > 0 ? [...before, { type: 'hardBreak' }, ...text] : text);
		}
		if (fields.size === 0) return [];
		const made = [...fields].map(([name, text]) => nodes.headerField.create({ name }, this.#inline(text)));
		return [{ kind: json.type, node: nodes[json.type].create(attrs, made) }];
	}

	#tables(json: JsonNode, rows: readonly JsonNode[]): Line[] {
		return gridsOf(rows).map(({ from, grid }) => {
			const uid = this.#claim(json.attrs?.uid);
			return { kind: 'table', node: nodes.table.create({ uid }, this.#rows(uid, grid, rows.slice(from))) };
		});
	}

	#rows(table: string, grid: Grid, rows: readonly JsonNode[]): Node[] {
		const widths = widthsOf(grid);
		const names: string[] = [];
		for (const { cell, column } of grid.rows.flat()) names[column] ||= this.#ownName(cell.attrs?.col) ?? '';
		for (const { column } of grid.rows.flat()) names[column] ||= this.#claim(`${table}c${column}`);
		return grid.rows.map((cells, nth) => {
			const uid = this.#claim(rows[nth].attrs?.uid);
			return nodes.tableRow.create(
				{ uid },
				cells.map(({ cell, column, colspan, rowspan }) => {
					const own = widths.slice(column, column + colspan);
					const colwidth = own.every((width) => width === null) ? null : own.map((width) => width ?? 0);
					const align = allowed('paragraph', 'align', cell.attrs?.align) ?? null;
					const lines = this.#lines(cell.content ?? [], { isInCell: true });
					const blocks = lines.length > 0 ? grouped(lines, documentSchema) : [nodes.paragraph.create()];
					return nodes[cell.type].create({ col: names[column], colspan, rowspan, colwidth, align }, blocks);
				})
			);
		});
	}

	/** A cell has no room for a table: what is written in it stands below one another. */
	#tableInCell(rows: readonly JsonNode[]): Line[] {
		const lines = rows.flatMap(cellsOf).flatMap(({ content = [] }) => this.#lines(content, { isInCell: true }));
		return lines.filter(({ node }) => node.isLeaf || node.content.size > 0);
	}

	#opaqueBlock(json: JsonNode, isInCell: boolean): Line[] {
		const is = json.attrs?.is;
		if (isInCell || !isName(is) || isBlockKind(is)) return [];
		return [{ kind: is, node: nodes.opaqueBlock.create({ uid: this.#claim(json.attrs?.uid), is }) }];
	}

	/** Text of the same marks in a row is one run, so a letter and its tone find each other. */
	#inline(content: readonly JsonNode[] = []): Fragment {
		const found: Node[] = [];
		const visit = (json: JsonNode) => {
			const type = typeOf(json);
			const marks = marksOf(json.marks);
			if (type.isText) {
				if (json.text) found.push(documentSchema.text(json.text, marks));
			} else if (type.isInline) found.push(type.create(this.#attrs(type, json.type, json, false), null, marks));
			else json.content?.forEach(visit);
		};
		content.forEach(visit);
		const runs = Fragment.fromArray(found).content as readonly Node[];
		return Fragment.fromArray(runs.map((node) => (node.isText ? documentSchema.text(clean(node.text!), node.marks) : node)));
	}

	/** The attributes as a reader of the model takes them, with a uid where there is to be one. */
	#attrs(type: NodeType, kind: string, { attrs = {} }: JsonNode, isInCell: boolean): Record<string, unknown> {
		const known: Record<string, unknown> = {};
		for (const name in type.spec.attrs) {
			if (name === 'uid') {
				if (!isInCell) known.uid = this.#claim(attrs.uid);
			} else if (type === nodes.opaque) known[name] = isPlain(attrs[name]) ? attrs[name] : {};
			else {
				const value = nearest(kind, name, attrs[name]);
				if (value !== undefined) known[name] = value;
			}
		}
		return known;
	}

	#claim(uid: unknown): string {
		return this.#ownName(uid) ?? this.#ownName(newUid())!;
	}

	/** A name, taken from now on; null when it is none or another has it. */
	#ownName(name: unknown): string | null {
		if (!isName(name) || this.#taken.has(name)) return null;
		this.#taken.add(name);
		return name;
	}
}

function typeOf({ type }: JsonNode): NodeType {
	const found = nodes[type] as NodeType | undefined;
	if (!found) throw new RangeError(`there is no node ${type} in this schema`);
	return found;
}
