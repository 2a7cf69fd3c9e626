/** How a text stands to what was proposed for it. */
import { createHash } from 'node:crypto';
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { findText, withWhatBelongs } from '../../text/edits.ts';
import { grouped } from '../../text/groups.ts';
import { linesOf, uidOf } from '../../text/lines.ts';
import { type ThreeWayPart, threeWayParts } from '../../text/three-way-parts.ts';
import type { ContentJson, PartJson, ProposalKind, Standing } from './proposals.ts';

/** What of a proposal says where it belongs and what it does. */
export interface Target {
	kind: ProposalKind;
	uid: string;
	was: ContentJson;
	content: ContentJson | null;
	after: string | null;
}

/** What stands there that a proposal of this kind is about: the words of the block, of a deletion all that would go. */
export function wasIn(doc: Node, schema: Schema, kind: ProposalKind, uid: string): ContentJson {
	const content = kind === 'delete' ? Fragment.fromArray(subtree(doc, schema, uid)) : findText(doc, uid)!.node.content;
	return (content.toJSON() as ContentJson | null) ?? [];
}

/** `isDone`: the text is as it would be afterwards. */
export function standingIn(doc: Node, schema: Schema, target: Target, number: string): Standing & { isDone: boolean } {
	const { kind, uid, was, content } = target;
	const added = kind === 'insert-after' ? (content ?? []).map((block) => (block as { attrs?: { uid?: string } }).attrs?.uid) : [];
	const isAdded = added.length > 0 && linesOf(doc).some((line) => uidOf(line) === added[0]);
	const found = findText(doc, uid);
	if (!found) return { state: 'gone', number: '', is: null, base: null, parts: null, isDone: isAdded || kind === 'delete' };
	const is = wasIn(doc, schema, kind, uid);
	const base = nameOf(is);
	const isSame = base === nameOf(asWritten(schema, was));
	const isReplaced = kind === 'replace' && base === nameOf(asWritten(schema, content ?? []));
	// Where a block comes, or goes to, does not depend on the words of the one it is told by.
	const isChanged = !isSame && !isReplaced && (kind === 'replace' || kind === 'delete');
	const parts = kind === 'replace' && isChanged ? partsOf(schema, was, found.node.content, content ?? []) : null;
	return { state: isChanged ? 'changed' : 'as-then', number, is, base, parts, isDone: isReplaced || isAdded };
}

function subtree(doc: Node, schema: Schema, uid: string): Node[] {
	return grouped(withWhatBelongs(linesOf(doc), uid), schema);
}

function partsOf(schema: Schema, was: ContentJson, now: Fragment, proposed: ContentJson): PartJson[] {
	const json = (content: Fragment) => (content.toJSON() as ContentJson | null) ?? [];
	const [base, wanted] = [was, proposed].map((content) => Fragment.fromJSON(schema, content as unknown[]));
	return threeWayParts(base, now, wanted).map((part: ThreeWayPart) => ({
		kind: part.kind,
		was: json(part.was),
		is: json(part.is),
		proposed: json(part.proposed)
	}));
}

/** The database keeps the members of a value in an order of its own. */
function asWritten(schema: Schema, content: ContentJson): ContentJson {
	return (Fragment.fromJSON(schema, content as unknown[]).toJSON() as ContentJson | null) ?? [];
}

/** A content by a hash: as far as people write it, not what references print by themselves. */
function nameOf(content: ContentJson): string {
	const said = JSON.stringify(content, (key, value: unknown) =>
		isReference(value) ? withoutText(value) : key === 'uid' ? undefined : value
	);
	return createHash('sha256').update(said).digest('hex');
}

type Reference = { type: 'reference'; attrs?: Record<string, unknown> };

function isReference(value: unknown): value is Reference {
	return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'reference';
}

function withoutText({ attrs, ...rest }: Reference): unknown {
	return { ...rest, is: 'reference', type: undefined, attrs: { ...attrs, text: undefined } };
}
