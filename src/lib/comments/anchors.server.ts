import type { SyncEngine } from '../collab/sync-engine.server.ts';
import { numberProvisions } from '../documents/numbering/numbering.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { lettersIn, NotFound, PassageChanged, removeTag, setTag } from '../text/edits.ts';
import type { TextModel } from '../text/model.ts';
import type { PlannedEdit } from '../text/planned-edit.ts';
import { letterPlace, toAbsolute } from '../text/positions.ts';
import type { Letters } from '../text/tagging.ts';
import { ANCHOR, AnchorFinder, findQuote } from './anchors.ts';
import { decodePosition } from './encoded-position.ts';
import type { Anchor, ChosenPassage, Passage, Range } from './threads.ts';

/** What is commented on, of which document and by whom. */
interface In {
	id: string;
	profile: ProfileId;
}

/** A passage that somebody chooses: how it is cited now; null when there never was such a block. */
type Chosen = { number: string } | null;

/** Anchors of comments in live texts. The process holds one, since pages have classes of their own for what texts consist of. */
export interface Anchors {
	/** Where the passages of threads are now. */
	find(document: In, ranges: readonly Range[]): Promise<Anchor[]>;
	/** The letters that passages are about now; null for what is gone. */
	places(document: In, ranges: readonly Range[]): Promise<ReturnType<AnchorFinder['placeOf']>[]>;
	/** What there is to say of passages that somebody has just chosen. */
	choose(document: In, passages: readonly Passage[]): Promise<Chosen[]>;
	/** Ties passages to their letters, for a person who need not be able to edit. What does not stand there any more is left out. */
	tie(document: In, ranges: readonly TiedRange[], personId: string): Promise<void>;
	/** Unties them again. */
	untie(document: In, rangeIds: readonly string[], personId: string): Promise<void>;
}

/** A passage to be tied, with what a page knows of its place. */
type TiedRange = Range & Pick<ChosenPassage, 'start' | 'end'>;

export function createAnchors(sync: Pick<SyncEngine, 'applyServerEdit' | 'readText'>): Anchors {
	const reading = <Answer>({ id, profile }: In, read: (finder: AnchorFinder) => Answer) =>
		sync.readText(id, (text) => read(finderOf(text, profile)));

	return {
		find: (document, ranges) => reading(document, (finder) => ranges.map((range) => finder.find(range))),
		places: (document, ranges) => reading(document, (finder) => ranges.map((range) => finder.placeOf(range))),
		choose: (document, passages) =>
			reading(document, (finder) => passages.map(({ uid }) => (finder.hasBeen(uid) ? { number: finder.numberOf(uid) } : null))),
		tie: ({ id }, ranges, personId) =>
			sync.applyServerEdit(id, (edit) => ranges.forEach((range) => tieOne(edit, range)), { personId }),
		untie: ({ id }, rangeIds, personId) =>
			sync.applyServerEdit(id, (edit) => rangeIds.forEach((range) => removeTag(edit, ANCHOR + range)), { personId })
	};
}

const finders = new WeakMap<TextModel, { finder: AnchorFinder; profile: ProfileId }>();

/** What is known of a text until its next change: fifty screens that hear of one thread ask the same. */
function finderOf(text: TextModel, profile: ProfileId): AnchorFinder {
	const known = finders.get(text);
	if (known?.profile === profile) return known.finder;
	const finder = new AnchorFinder(text, (content) => numberProvisions(content, profile));
	if (!known) text.doc.once('beforeTransaction', () => finders.delete(text));
	finders.set(text, { finder, profile });
	return finder;
}

function tieOne(edit: PlannedEdit, range: TiedRange): void {
	if (range.quote === null) return;
	try {
		const place = placeOf(edit, range);
		if (!place) return;
		const { name, from, to } = place;
		setTag(
			edit,
			{ uid: name, quote: lettersIn(edit, name).slice(from, to), prefix: '', suffix: '', offset: from },
			ANCHOR + range.id
		);
	} catch (error) {
		if (!(error instanceof NotFound || error instanceof PassageChanged)) throw error;
	}
}

/** The letters of a passage: where the page had them, whatever was typed meanwhile; else where its words stand. */
function placeOf(edit: PlannedEdit, range: TiedRange): Letters | null {
	const [start, end] = [decodePosition(range.start), decodePosition(range.end)].map((position) => {
		const at = position && toAbsolute(edit.model, position);
		return at === null ? null : letterPlace(edit.doc, at);
	});
	// Positions that were made up name letters of a block all the same: more than a wrong passage of one's own they are not.
	if (start && end && start.name === end.name && start.offset < end.offset)
		return { name: start.name, from: start.offset, to: end.offset };
	const found = findQuote(lettersIn(edit, range.uid), range.quote ?? '', range.prefix, range.suffix);
	return found && { name: range.uid, ...found };
}
