import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { jsonToUpdate } from '../schema/body.ts';
import { applyAll } from '../../text/apply.ts';
import { tagOf } from '../../text/keys.ts';
import { TextModel } from '../../text/model.ts';
import { EditMaker } from '../../text/planned-edit.ts';
import { KINDS } from '../schema/kinds.ts';
import { PROFILE_IDS, profileOf, type ProfileId } from '../schema/profiles.ts';
import { documentSchema as schema } from '../schema/schema.ts';
import type { JsonNode } from '../schema/json.ts';
import { document, fields } from './build.ts';
import { followProfile } from './follow-profile.ts';
import { templateFor } from './templates.ts';

const YEAR = 2026;
const PAIRS = PROFILE_IDS.flatMap((from) => PROFILE_IDS.filter((to) => to !== from).map((to) => [from, to] as const));

function open(content: JsonNode) {
	const doc = new Y.Doc();
	applyAll(doc, [jsonToUpdate(content)]);
	const model = new TextModel(doc, schema, tagOf(7));
	const maker = new EditMaker(model, 'test');
	return {
		follow: (id: ProfileId) => maker.prepare((edit) => followProfile(edit, profileOf(id), YEAR)).write(),
		get node() {
			return model.node;
		},
		/** The words of a field of the header or signature. */
		field(name: string) {
			let words: string | null = null;
			model.node.descendants((node) => void (node.attrs.name === name && (words = node.textContent)));
			return words;
		},
		/** All but the three fields that may follow. */
		get rest() {
			const rest: unknown[] = [];
			model.node.descendants((node) => {
				if (['symbol', 'authority', 'position'].includes(node.attrs.name as string)) return false;
				rest.push([node.type.name, node.attrs, node.text]);
				return true;
			});
			return rest;
		}
	};
}

test.each(PAIRS)('from %s to %s texts stay, the frame follows, and back it is what it was', (from, to) => {
	for (const kind of KINDS) {
		const facts = { agency: 'Ủy ban nhân dân tỉnh', code: 'UBND', year: YEAR };
		const text = open(templateFor(kind, from, facts));
		const [before, rest] = [text.node, text.rest];
		text.follow(to);
		expect(text.rest).toEqual(rest);
		const { symbolPrefix, signature } = profileOf(to);
		expect(text.field('symbol')).toMatch(new RegExp(`^${symbolPrefix}…`));
		expect(text.field('authority') ?? signature.prefixes.onBehalf).toMatch(signature.prefixes.onBehalf);
		text.follow(from);
		expect(text.node.toJSON()).toEqual(before.toJSON());
	}
});

test('a symbol without a number takes the form of the profile', () => {
	const text = open(templateFor('resolution', 'nd30', { agency: 'Hội đồng nhân dân tỉnh', code: 'HĐND', year: YEAR }));
	const seen = PROFILE_IDS.map((id) => (text.follow(id), text.field('symbol')));
	expect(seen).toEqual(['Số: …/NQ-HĐND', 'Số: …/2026/NQ-HĐND', 'Số …-NQ/HĐND', 'Số …-NQ/HĐND']);
});

test('what people wrote themselves keeps its letters and how they are set', () => {
	const header = fields('documentHeader', [['symbol', 'Số: 05/2026/NQ-HĐND']]);
	const signature = fields('signature', [
		['authority', 'TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH'],
		['position', 'PHÓ CHỦ TỊCH TM. ĐƠN VỊ'],
		['signer', 'TM. Nguyễn Văn An']
	]);
	signature.content![0].content![0].marks = [{ type: 'italic' }];
	const text = open(document(header, signature));
	text.follow('party-2026');
	expect(['symbol', 'authority', 'position', 'signer'].map(text.field)).toEqual([
		'Số 05/2026/NQ-HĐND',
		'T/M ỦY BAN NHÂN DÂNK/T CHỦ TỊCH',
		'PHÓ CHỦ TỊCH TM. ĐƠN VỊ',
		'TM. Nguyễn Văn An'
	]);
	const authority = text.node.child(1).child(0);
	expect(authority.children.map(({ type, marks }) => [type.name, marks.length])).toEqual([
		['text', 1],
		['hardBreak', 0],
		['text', 0]
	]);
});
