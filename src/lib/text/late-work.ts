/**
 * What somebody did to a text before it was written anew in another epoch (SPEC.md, LW): told by uid, without anything of
 * Yjs, so that it can happen to the text as it is by now (`bring-in.ts`).
 */
import { Node, type Schema } from '@tiptap/pm/model';
import type { Line } from './groups.ts';
import { linesOf, uidOf } from './lines.ts';

/** Plain data. */
export interface LateWork {
	before: Told;
	after: Told;
}

/** A text as far as it differs from another. */
export interface Told {
	/** The uids of all of its blocks. */
	order: string[];
	/** Those that the other has not, or otherwise. */
	blocks: ToldBlock[];
}

interface ToldBlock {
	kind: string;
	depth?: unknown;
	more?: unknown;
	node: unknown;
}

/** What led from one document to the other. Null when they say the same. */
export function lateWork(before: Node, after: Node): LateWork | null {
	const [old, now] = [linesOf(before), linesOf(after)];
	const work = { before: tell(old, now), after: tell(now, old) };
	const isSame =
		work.before.blocks.length === 0 && work.after.blocks.length === 0 && work.before.order.join() === work.after.order.join();
	return isSame ? null : work;
}

/** The blocks of one side, by uid. Throws when they are none of the schema. */
export function toldLines({ blocks }: Told, schema: Schema): Map<string, Line> {
	const lines = blocks.map(({ node, ...line }): Line => ({ ...line, node: Node.fromJSON(schema, node) }));
	return new Map(lines.map((line) => [uidOf(line), line]));
}

export function isSameLine(one: Line, other: Line): boolean {
	return one.node.eq(other.node) && one.kind === other.kind && one.depth === other.depth && one.more === other.more;
}

function tell(lines: readonly Line[], others: readonly Line[]): Told {
	const known = new Map(others.map((line) => [uidOf(line), line]));
	const differing = lines.filter((line) => {
		const other = known.get(uidOf(line));
		return !other || !isSameLine(line, other);
	});
	return { order: lines.map(uidOf), blocks: differing.map(({ node, ...line }) => ({ ...line, node: node.toJSON() as unknown })) };
}
