/** What people and programs give as content: the words of a paragraph, or ProseMirror's JSON. */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { belongingTo, docOf } from '../../text/edits.ts';
import { rankOf } from '../../text/kinds.ts';
import type { Level } from '../../text/levels.ts';
import type { PlannedEdit } from '../../text/planned-edit.ts';
import { contentOf, withWords } from '../../text/with-words.ts';
import type { Accepting } from './input.ts';
import type { ContentJson } from './proposals.ts';

/** It cannot stand there. */
export class ContentRefused extends Error {}

type Given = NonNullable<Accepting['content']>;

/** A content as it is kept and sent. */
export function jsonOf(content: Fragment): ContentJson {
	return (content.toJSON() as ContentJson | null) ?? [];
}

/** As the content of a block that has this content now. @throws ContentRefused */
export function contentGiven(schema: Schema, given: Given | ContentJson, now: Fragment): Fragment {
	if (typeof given === 'string') return withWords(schema, now, given);
	const nodes = nodesGiven(schema, given as Exclude<Given, string>);
	const [block] = nodes;
	const content = nodes.length === 1 && block.isTextblock ? block.content : Fragment.fromArray(nodes);
	if (!content.content.every(({ isInline }) => isInline)) throw new ContentRefused();
	return checked(() => schema.nodes.paragraph.create(null, content).check(), content);
}

/** As blocks that come: words, or content of one block, as a provision of a level, else as a block like the one given. @throws ContentRefused */
export function blocksGiven(schema: Schema, given: Given, like: Node, level?: Level): ContentJson {
	const nodes = typeof given === 'string' ? [...contentOf(schema, given).content] : nodesGiven(schema, given);
	const isContent = nodes.every(({ isInline }) => isInline);
	if (isContent && nodes.length === 0) throw new ContentRefused();
	const own = level ?? (like.type.name === 'provision' ? (like.attrs.level as Level) : undefined);
	const type = own === undefined ? schema.nodes.paragraph : schema.nodes.provision;
	const blocks = isContent ? [type.create(own === undefined ? null : { level: own }, Fragment.fromArray(nodes))] : nodes;
	if (!blocks.every((block) => block.isTextblock && !block.type.spec.isolating)) throw new ContentRefused();
	// They have their uids from here on: taken twice, they come once.
	try {
		return jsonOf(docOf(schema, blocks, new Set()).content);
	} catch {
		throw new ContentRefused();
	}
}

/** Behind which block such blocks come: behind a provision and what belongs to it, or, as what belongs to it, directly behind it. */
export function behind(edit: PlannedEdit, uid: string, blocks: ContentJson): string {
	const { schema } = edit.model;
	const [first] = nodesGiven(schema, blocks as Exclude<Given, string>);
	const rank = (node: Node | undefined) => (node ? rankOf(node.type.name, node.attrs.level) : Infinity);
	const target = edit.doc.children.find(({ attrs }) => attrs.uid === uid);
	return rank(first) > rank(target) ? uid : [uid, ...belongingTo(edit, uid)].at(-1)!;
}

function nodesGiven(schema: Schema, given: Exclude<Given, string>): Node[] {
	const list = Array.isArray(given) ? given : given.type === 'doc' ? (given.content ?? []) : [given];
	try {
		return (list as unknown[]).map((json) => {
			const node = schema.nodeFromJSON(json);
			node.check();
			return node;
		});
	} catch {
		throw new ContentRefused();
	}
}

function checked<Value>(check: () => void, value: Value): Value {
	try {
		check();
	} catch {
		throw new ContentRefused();
	}
	return value;
}
