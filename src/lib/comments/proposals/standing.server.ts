/** How a text stands to what was proposed for it. */
import { createHash } from 'node:crypto';
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { findText, withWhatBelongs } from '../../text/edits.ts';
import { grouped } from '../../text/groups.ts';
import { linesOf, uidOf } from '../../text/lines.ts';
import { type ThreeWayPart, threeWayParts } from '../../text/three-way-parts.ts';
import { jsonOf } from './given.ts';
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
	return jsonOf(content);
}

/** Whether a proposal of this kind is about the words that stand there: where a block comes, or goes to, does not depend on them. */
export function isAboutWords(kind: ProposalKind): boolean {
	return kind === 'replace' || kind === 'delete';
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
	const isChanged = !isSame && !isReplaced && isAboutWords(kind);
	const parts = kind === 'replace' && isChanged ? partsOf(schema, was, found.node.content, content ?? []) : null;
	return { state: isChanged ? 'changed' : 'as-then', number, is, base, parts, isDone: isReplaced || isAdded };
}

function subtree(doc: Node, schema: Schema, uid: string): Node[] {
	return grouped(withWhatBelongs(linesOf(doc), uid), schema);
}

function partsOf(schema: Schema, was: ContentJson, now: Fragment, proposed: ContentJson): PartJson[] {
	const [base, wanted] = [was, proposed].map((content) => Fragment.fromJSON(schema, content as unknown[]));
	return threeWayParts(base, now, wanted).map((part: ThreeWayPart) => ({
		kind: part.kind,
		was: jsonOf(part.was),
		is: jsonOf(part.is),
		proposed: jsonOf(part.proposed)
	}));
}

/** The database keeps the members of a value in an order of its own. */
function asWritten(schema: Schema, content: ContentJson): ContentJson {
	return jsonOf(Fragment.fromJSON(schema, content as unknown[]));
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
