import type { SyncEngine } from '../../collab/sync-engine.server.ts';
import { numberProvisions } from '../../documents/numbering/numbering.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { belongingTo, findText, insertAfter, move, NotFound, remove, replaceContent, withWhatBelongs } from '../../text/edits.ts';
import { linesOf, uidOf } from '../../text/lines.ts';
import type { PlannedEdit } from '../../text/planned-edit.ts';
import { AnchorFinder } from '../anchors.ts';
import { behind, blocksGiven, ContentRefused, contentGiven, jsonOf } from './given.ts';
import type { Accepting, NewProposal } from './input.ts';
import type { ContentJson, ProposalKind, Standing } from './proposals.ts';
import { isAboutWords, standingIn, type Target, wasIn } from './standing.server.ts';

interface In {
	id: string;
	profile: ProfileId;
}

/** What is kept of what somebody proposes: read off the text as it is at that moment. */
export interface Chosen {
	number: string;
	afterNumber: string;
	was: ContentJson;
	content: ContentJson | null;
}

/** Proposals and live texts. The process holds one, since pages have classes of their own for what texts consist of. */
export interface Proposing {
	/** What a proposal is kept with; the name of the field that is wrong when it cannot be made. */
	choose(document: In, wanted: NewProposal): Promise<Chosen | 'uid' | 'after' | 'content'>;
	/** How the live text stands to proposals. */
	stand(document: In, targets: readonly Target[]): Promise<Standing[]>;
	/** Does to the text what was proposed, as an edit of who proposed it; null, or how the text stands to it by now: then nothing happened. */
	accept(
		document: In,
		target: Target,
		given: Pick<Accepting, 'content' | 'base'>,
		personId: string | null
	): Promise<Standing | null | 'content'>;
}

/** The text is another than the proposal was made for. */
class OtherText extends Error {}

export function createProposing(sync: Pick<SyncEngine, 'applyServerEdit' | 'readText'>): Proposing {
	return {
		choose: ({ id, profile }, wanted) =>
			sync.readText(id, (text) => {
				const finder = new AnchorFinder(text, (content) => numberProvisions(content, profile));
				const { doc, schema } = { doc: text.node, schema: text.schema };
				const found = findText(doc, wanted.uid);
				// A field is worded, and nothing else.
				const isBlock = linesOf(doc).some((line) => uidOf(line) === wanted.uid);
				if (!found || (!isBlock && wanted.kind !== 'replace')) return 'uid';
				const { after = null } = wanted;
				if (wanted.kind === 'move' && after !== null) {
					const own = withWhatBelongs(linesOf(doc), wanted.uid).map(uidOf);
					if (!findText(doc, after) || own.includes(after)) return 'after';
				}
				try {
					return {
						number: finder.numberOf(wanted.uid),
						afterNumber: wanted.kind === 'move' && after !== null ? finder.numberOf(after) : '',
						was: wasIn(doc, schema, wanted.kind, wanted.uid),
						content: proposedContent(wanted, schema, found.node)
					};
				} catch (error) {
					if (error instanceof ContentRefused) return 'content';
					throw error;
				}
			}),

		stand: ({ id, profile }, targets) =>
			sync.readText(id, (text) => {
				const finder = new AnchorFinder(text, (content) => numberProvisions(content, profile));
				return targets.map((target) => standingIn(text.node, text.schema, target, finder.numberOf(target.uid)));
			}),

		async accept(document, target, given, personId) {
			try {
				await sync.applyServerEdit(document.id, (edit) => accept(edit, target, given), { personId });
				return null;
			} catch (error) {
				if (error instanceof ContentRefused) return 'content';
				if (!(error instanceof OtherText || error instanceof NotFound || error instanceof RangeError)) throw error;
				const [standing] = await this.stand(document, [target]);
				return standing;
			}
		}
	};
}

function proposedContent(
	{ kind, content, level }: NewProposal,
	schema: PlannedEdit['model']['schema'],
	node: PlannedEdit['doc']
) {
	if (kind !== 'replace' && kind !== 'insert-after') return null;
	if (content === undefined) throw new ContentRefused();
	if (kind === 'insert-after') return blocksGiven(schema, content, node, level);
	return jsonOf(contentGiven(schema, content, node.content));
}

const ACTS: Record<ProposalKind, (edit: PlannedEdit, target: Target, given: Accepting['content']) => void> = {
	replace(edit, { uid, content }, given) {
		const { node } = findText(edit.doc, uid)!;
		replaceContent(edit, uid, contentGiven(edit.model.schema, given ?? content ?? [], node.content));
	},
	'insert-after'(edit, { uid, content }, given) {
		const blocks = given === undefined ? (content ?? []) : blocksGiven(edit.model.schema, given, blockLike(edit, content));
		insertAfter(edit, behind(edit, uid, blocks), blocks);
	},
	delete(edit, { uid }) {
		for (const name of [uid, ...belongingTo(edit, uid)].toReversed()) remove(edit, name);
	},
	move(edit, { uid, after }) {
		move(edit, uid, after === null ? null : [after, ...belongingTo(edit, after)].at(-1)!);
	}
};

function accept(edit: PlannedEdit, target: Target, { content, base }: Pick<Accepting, 'content' | 'base'>): void {
	const standing = standingIn(edit.doc, edit.model.schema, target, '');
	if (standing.isDone) return;
	const isAsSeen = base === undefined ? content !== undefined || standing.state === 'as-then' : base === standing.base;
	// New wording for other words has to be put together first.
	const lacksWords = target.kind === 'replace' && standing.state === 'changed' && content === undefined;
	if (standing.state === 'gone' || (isAboutWords(target.kind) && !isAsSeen) || lacksWords) throw new OtherText();
	ACTS[target.kind](edit, target, content);
}

/** The first of the blocks that come, which others come in place of. */
function blockLike({ model }: PlannedEdit, blocks: ContentJson | null): PlannedEdit['doc'] {
	return model.schema.nodeFromJSON(blocks?.[0]);
}
