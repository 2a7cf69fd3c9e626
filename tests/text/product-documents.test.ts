import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { recognise } from '../../src/lib/documents/import/recognise.ts';
import { textToBlocks } from '../../src/lib/documents/import/text.ts';
import { NOTICE, PLAN, PROGRAMME, REPORT, RESOLUTION } from '../../src/lib/documents/library/sample-texts.ts';
import { countProvisions, jsonToUpdate, plainText } from '../../src/lib/documents/schema/body.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import { KINDS } from '../../src/lib/documents/schema/kinds.ts';
import { PROFILE_IDS } from '../../src/lib/documents/schema/profiles.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { templateFor } from '../../src/lib/documents/templates/templates.ts';
import { SAMPLES } from '../support/sample-documents.ts';
import { readDocument } from '../../src/lib/text/body.ts';

const FACTS = {
	agency: 'Ủy ban nhân dân thành phố An Hải',
	parentAgency: 'Chính phủ',
	place: 'An Hải',
	code: 'UBND',
	subject: 'Chuyển đổi số',
	year: 2026
};

const DOCUMENTS: [string, JsonNode][] = [
	...KINDS.flatMap((kind) =>
		PROFILE_IDS.map((profile): [string, JsonNode] => [
			`the template of a ${kind} in ${profile}`,
			templateFor(kind, profile, FACTS)
		])
	),
	...SAMPLES.map(({ title, profile, content }): [string, JsonNode] => [`${title} (${profile})`, content]),
	...[RESOLUTION, PROGRAMME, PLAN, NOTICE, REPORT].map(({ title, text, profile }): [string, JsonNode] => [
		title,
		recognise(textToBlocks(text), { profile }).content
	])
];

/** What stands around text, and text with its marks, notes and breaks: all that a reader sees. */
function seen({ type, attrs = {}, content = [], marks = [], text }: JsonNode): unknown {
	const { level, mark, number, align, colspan, rowspan, target, text: printed, name, kind } = attrs;
	const values = [level, mark, number, align, colspan, rowspan, target, printed, name, kind].map((value) => value ?? null);
	return [type, text, marks.map((own) => own.type).sort(), values, content.map(seen)];
}

test.each(DOCUMENTS)('%s says the same when it is read as it was stored (RE1)', (_title, content) => {
	const ydoc = new Y.Doc();
	Y.applyUpdate(ydoc, jsonToUpdate(content));
	const document = readDocument(ydoc, documentSchema);
	const json = document.toJSON() as JsonNode;
	expect(plainText(json)).toBe(plainText(content));
	expect(countProvisions(json)).toBe(countProvisions(content));
	expect(seen(json)).toEqual(seen(documentSchema.nodeFromJSON(content).toJSON() as JsonNode));
});
