import { createHash } from 'node:crypto';
import * as Y from 'yjs';

type AnyType = Y.AbstractType<Y.YEvent<any>>;

/**
 * A digest of what a reader of the document would see: which items are not deleted, in which order, in which type.
 * Equal digests mean equal text, marks and structure, however Yjs keeps them.
 */
export function digestOf(doc: Y.Doc): string {
	const hash = createHash('sha256');
	for (const name of [...doc.share.keys()].sort()) {
		hash.update(`\0${name}\0`);
		digestType(doc.share.get(name)!, hash);
	}
	return hash.digest('base64');
}

function digestType(type: AnyType, hash: ReturnType<typeof createHash>): void {
	const inner: AnyType[] = [];
	const note = (item: Y.Item) => item.content instanceof Y.ContentType && inner.push(item.content.type);
	const runs: number[] = [];
	for (let item = type._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { client, clock } = item.id;
		const last = runs.length - 3;
		// How Yjs cuts a run of text into items is no difference.
		if (last >= 0 && runs[last] === client && runs[last + 2] === clock) runs[last + 2] += item.length;
		else runs.push(client, clock, clock + item.length);
		note(item);
	}
	hash.update(Float64Array.of(runs.length));
	hash.update(new Float64Array(runs));
	for (const [key, item] of [...type._map].sort(([one], [other]) => (one < other ? -1 : 1))) {
		if (item.deleted) continue;
		hash.update(`\0${key}\0${item.id.client} ${item.id.clock}`);
		note(item);
	}
	for (const child of inner) digestType(child, hash);
}
