import * as Y from 'yjs';

/** The log of several people who write, format and delete in one document and hear of each other now and then. */
export function randomLog(random: () => number, people: number, edits: number): Uint8Array[] {
	const below = (limit: number) => Math.floor(random() * limit);
	const log: Uint8Array[] = [];
	const docs = Array.from({ length: people }, (_, nth) => {
		const doc = new Y.Doc();
		doc.clientID = 100 + nth;
		doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'others' && log.push(update));
		return { doc, heard: 0 };
	});
	for (let nth = 0; nth < edits; nth++) {
		const person = docs[below(people)];
		if (random() < 0.4) {
			for (const update of log.slice(person.heard)) Y.applyUpdate(person.doc, update, 'others');
			person.heard = log.length;
		}
		edit(person.doc, below);
	}
	return log;
}

function edit(doc: Y.Doc, below: (limit: number) => number): void {
	const text = doc.getText('text');
	const blocks = doc.getXmlFragment('blocks');
	const block = blocks.length > 0 ? (blocks.get(below(blocks.length)) as Y.XmlElement) : null;
	const inner = block && block.length > 0 ? (block.get(0) as Y.XmlText) : null;
	switch (below(9)) {
		case 0:
		case 1:
			return text.insert(below(text.length + 1), ['a', 'điều ', 'khoản 1', '🏛'][below(4)]);
		case 2:
			return text.delete(...part(text.length, below));
		case 3:
			return text.format(...part(text.length, below), { bold: below(2) === 0 ? true : null });
		case 4: {
			const element = new Y.XmlElement('provision');
			element.setAttribute('uid', String(below(1000)));
			element.insert(0, [new Y.XmlText('điểm a')]);
			return blocks.insert(below(blocks.length + 1), [element]);
		}
		case 5:
			return blocks.delete(...part(blocks.length, below));
		case 6:
			return block?.setAttribute('level', String(below(9)));
		case 7:
			return inner?.insert(below(inner.length + 1), 'chữ ', below(2) === 0 ? { italic: true } : {});
		default:
			return inner?.format(...part(inner.length, below), { italic: below(2) === 0 ? true : null });
	}
}

function part(length: number, below: (limit: number) => number): [number, number] {
	const start = below(length + 1);
	return [start, below(Math.min(4, length - start) + 1)];
}

/** In any order, some twice, without every update that `leaveOut` names. */
export function jumbled(log: readonly Uint8Array[], random: () => number, leaveOut: (nth: number) => boolean): Uint8Array[] {
	const kept = log.filter((_, nth) => !leaveOut(nth));
	const twice = kept.filter(() => random() < 0.1);
	const all = [...kept, ...twice].map((update) => ({ update, place: random() }));
	return all.sort((one, other) => one.place - other.place).map(({ update }) => update);
}

/** What a person sees of a document, and what it knows, in a form that can be compared. */
export function seen(parts: readonly Uint8Array[]): object {
	const doc = read(parts);
	const deleted = [...Y.createDeleteSetFromStructStore(doc.store).clients];
	return {
		text: doc.getText('text').toDelta(),
		blocks: doc.getXmlFragment('blocks').toString(),
		known: knownTo(doc),
		deleted: deleted.map(([client, ranges]) => `${client}: ${ranges.map(({ clock, len }) => `${clock}+${len}`).join()}`).sort(),
		waits: doc.store.pendingStructs !== null || doc.store.pendingDs !== null
	};
}

// Yjs may leave updates waiting although what they waited for is there; a copy of the document finds them.
function read(parts: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	// As a local change, so that Yjs does not tidy formatting, which depends on how updates were grouped.
	doc.transact((transaction) => {
		for (const part of parts) Y.applyUpdate(doc, part);
		transaction.local = true;
	});
	if (doc.store.pendingStructs === null) return doc;
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return String(knownTo(copy)) === String(knownTo(doc)) ? doc : read([Y.encodeStateAsUpdate(doc)]);
}

function knownTo(doc: Y.Doc): [client: number, clock: number][] {
	return [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([one], [other]) => one - other);
}
