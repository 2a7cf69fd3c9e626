import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { seeded } from '../../sync/support/seeded.ts';

/** Changes when the recipes below do, so that a document of an older recipe is not taken from the cache. */
const RECIPE = 2;
const CACHE = join(tmpdir(), 'plenum-bench-sync-documents');

const EDITS = 260_000;
const CHARACTERS = 100_000;
const AUTHORS = 6;
const PARAGRAPH_BYTES = 4_000_000;

/** A document ready to be stored: its whole state as one update of a document without garbage. */
export interface LargeDocument {
	title: string;
	bytes: Uint8Array;
}

/** 100,000 characters left of some 260,000 single-character edits by six people, taking turns at many places. */
export function editedDocument(): LargeDocument {
	return { title: '100,000 characters after 260,000 edits', bytes: cached('edited', typeAndDelete) };
}

/** 4 MB of paragraphs with attributes, as an editor keeps them. */
export function longDocument(): LargeDocument {
	return { title: '4 MB', bytes: cached('long', paragraphs) };
}

// Bursts of typing at one place, and bursts of deletion before the caret; the share of deletions is what leaves the
// wanted number of characters.
function typeAndDelete(): Y.Doc {
	const doc = new Y.Doc();
	const text = doc.getText('test');
	const random = seeded(1);
	const deletions = (EDITS - CHARACTERS) / 2;
	let made = 0;
	let deleted = 0;
	while (made < EDITS) {
		doc.clientID = 1_000_000_000 + Math.floor(random() * AUTHORS) * 123_456_789;
		let caret = Math.floor(random() * (text.length + 1));
		const burst = Math.min(EDITS - made, 1 + Math.floor(random() * 100));
		const deletes = deleted < deletions * (made / EDITS) && text.length > 1_000;
		for (let edit = 0; edit < burst; edit++, made++) {
			if (deletes && deleted < deletions && caret > 0) {
				text.delete(--caret, 1);
				deleted++;
			} else text.insert(caret++, 'nghịquyếtcủahộiđồng '[made % 20]);
		}
	}
	return doc;
}

function paragraphs(): Y.Doc {
	const doc = new Y.Doc();
	const body = doc.getXmlFragment('body');
	const random = seeded(2);
	const words = 'điều khoản cơ quan có thẩm quyền tổ chức thực hiện nghị quyết này kể từ ngày được thông qua'.split(' ');
	doc.transact(() => {
		for (let written = 0, number = 0; written < PARAGRAPH_BYTES; number++) {
			const paragraph = new Y.XmlElement('provision');
			const line = Array.from({ length: 20 + Math.floor(random() * 60) }, () => words[Math.floor(random() * words.length)]).join(
				' '
			);
			paragraph.setAttribute('uid', `p${number}`);
			paragraph.setAttribute('level', 'clause');
			paragraph.insert(0, [new Y.XmlText(line)]);
			body.insert(body.length, [paragraph]);
			written += Buffer.byteLength(line) + 80;
		}
	});
	return doc;
}

function cached(name: string, make: () => Y.Doc): Uint8Array {
	const file = join(
		CACHE,
		`${name}-${createHash('sha256')
			.update(`${RECIPE} ${String(make)}`)
			.digest('hex')
			.slice(0, 12)}.bin`
	);
	if (existsSync(file)) return readFileSync(file);
	process.stderr.write(`making a document once: ${name}\n`);
	const bytes = Y.encodeStateAsUpdate(make());
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(file, bytes);
	return bytes;
}
