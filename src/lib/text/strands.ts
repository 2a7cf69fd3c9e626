/** Which texts were cut, or put together, between two readings of a document: seen from the words that went from one to another. */
import type { Fragment } from '@tiptap/pm/model';
import type { Line } from './groups.ts';
import type { Told } from './late-work.ts';
import { type Kept, keptBetween, keptWithin, placeBehindKept } from './word-diff.ts';

/** A block whose text changed, with those that its text came from and went to. */
export interface Strand {
	uid: string;
	/** Blocks behind it whose text it took in. */
	joined: string[];
	/** Its text, and that of blocks that were split off it. */
	parts: Part[];
}

interface Part {
	uid: string;
	/** What it was made from, as it was then. */
	from: Fragment;
	to: Fragment;
	/** Where that begins in the text as it was, with what was joined to it. */
	start: number;
}

type Lines = ReadonlyMap<string, Line>;

/** The strand of a text block that both sides have. `old` and `now` hold the blocks that are not the same on both. */
export function strandOf(uid: string, before: Told, after: Told, old: Lines, now: Lines): Strand {
	const own = old.get(uid)!.node.content;
	const wanted = now.get(uid)!.node.content;
	const gone = textsBehind(uid, before.order, old, now);
	const born = textsBehind(uid, after.order, now, old);
	const [allOld, allNow] = [textOf(own, gone), textOf(wanted, born)];
	const kept = keptBetween(allOld, allNow);
	const joined = mostlyIn(gone, own.size, kept);
	const split = mostlyIn(born, wanted.size, turned(kept));
	return { uid, joined: joined.map(([name]) => name), parts: partsOf([[uid, wanted], ...split], textOf(own, joined)) };
}

type Named = [uid: string, content: Fragment];

/** Text blocks in a row behind one, that only this side has. */
function textsBehind(uid: string, order: readonly string[], lines: Lines, others: Lines): Named[] {
	const found: Named[] = [];
	for (const name of order.slice(order.indexOf(uid) + 1)) {
		const line = lines.get(name);
		if (!line?.node.isTextblock || others.has(name)) break;
		found.push([name, line.node.content]);
	}
	return found;
}

function textOf(own: Fragment, others: readonly Named[]): Fragment {
	return others.reduce((all, [, content]) => all.append(content), own);
}

/** Those of which the other side has more than half. `kept` counts from the beginning of the text in front of them. */
function mostlyIn(texts: readonly Named[], start: number, kept: readonly Kept[]): Named[] {
	let at = start;
	return texts.filter(([, { size }]) => {
		const letters = [...keptWithin(kept, at, (at += size))].reduce((sum, { from, to }) => sum + to - from, 0);
		return letters * 2 > size;
	});
}

function partsOf(texts: readonly Named[], from: Fragment): Part[] {
	const kept = turned(keptBetween(from, textOf(texts[0][1], texts.slice(1))));
	let at = 0;
	const starts = texts.map(([, { size }]) => placeBehindKept(kept, (at += size) - size));
	return texts.map(([uid, to], nth) => ({
		uid,
		to,
		start: starts[nth],
		from: from.cut(starts[nth], starts[nth + 1] ?? from.size)
	}));
}

function turned(kept: readonly Kept[]): Kept[] {
	return kept.map(({ before, after, length }) => ({ before: after, after: before, length }));
}
