import { expect, test } from 'vitest';
import { numberProvisions } from '../numbering/numbering.ts';
import { jsonToUpdate } from '../schema/body.ts';
import { inlineText, type JsonNode } from '../schema/json.ts';
import { KINDS, type Kind } from '../schema/kinds.ts';
import { PROFILE_IDS, type ProfileId } from '../schema/profiles.ts';
import { templateFor } from './templates.ts';

const facts = {
	agency: 'Ủy ban nhân dân thành phố An Hải',
	parentAgency: 'Chính phủ',
	place: 'An Hải',
	code: 'UBND',
	subject: 'Chuyển đổi số năm 2026',
	year: 2026
};

const every = KINDS.flatMap((kind) => PROFILE_IDS.map((profile): [Kind, ProfileId] => [kind, profile]));

function headerOf(content: JsonNode): Record<string, string> {
	const fields = content.content?.find((block) => block.type === 'documentHeader')?.content ?? [];
	return Object.fromEntries(fields.map((field) => [String(field.attrs?.name), inlineText(field)]));
}

test.each(every)('%s in %s is a document with a header, an end and numbers without gaps', (kind, profile) => {
	const content = templateFor(kind, profile, facts);
	jsonToUpdate(content);
	const types = (content.content ?? []).map((block) => block.type);
	expect(types[0]).toBe('documentHeader');
	expect(types).toContain('signature');
	expect(types).toContain('recipients');
	const header = headerOf(content);
	expect(header.agency).toBe('ỦY BAN NHÂN DÂN THÀNH PHỐ AN HẢI');
	expect(header.placeDate).toBe('An Hải, ngày … tháng … năm 2026');
	expect(header.subject).toBe('Chuyển đổi số năm 2026');
	const { entries } = numberProvisions(content.content ?? [], profile);
	if (kind !== 'other') expect(entries.length).toBeGreaterThanOrEqual(3);
	expect(new Set(entries.map((entry) => entry.uid)).size).toBe(entries.length);
});

test.each([
	['plan', 'nd30', 'Số: …/KH-UBND'],
	['resolution', 'vbqppl-187', 'Số: …/2026/NQ-UBND'],
	['resolution', 'party-2026', 'Số …-NQ/UBND']
] as const)('the symbol of a %s in %s', (kind, profile, symbol) => {
	expect(headerOf(templateFor(kind, profile, facts)).symbol).toBe(symbol);
});

test('what is not known is a place to fill in', () => {
	const header = headerOf(templateFor('resolution', 'party-2026', { agency: 'Thành ủy An Hải', year: 2026 }));
	expect(header).toEqual({
		agency: 'THÀNH ỦY AN HẢI',
		symbol: 'Số …-NQ/TU',
		placeDate: '[Địa danh], ngày … tháng … năm 2026',
		kind: 'NGHỊ QUYẾT',
		subject: 'về [nội dung nghị quyết]'
	});
});

test('a place to fill in is a placeholder without a look of its own, in fields too', () => {
	const { content = [] } = templateFor('report', 'nd30', { agency: 'Sở Nội vụ' });
	const placeholders: JsonNode[] = [];
	const texts: JsonNode[] = [];
	const visit = (each: JsonNode) => {
		if (each.type === 'placeholder') placeholders.push(each);
		if (each.type === 'text') texts.push(each);
		each.content?.forEach(visit);
	};
	content.forEach(visit);
	expect(placeholders.map(({ attrs }) => attrs?.label)).toContain('nội dung báo cáo, kỳ báo cáo');
	expect(placeholders.map(({ attrs }) => attrs?.label)).toContain('Họ và tên');
	expect([...placeholders, ...texts].filter(({ marks }) => marks)).toEqual([]);
	expect(texts.filter(({ text = '' }) => text.includes('['))).toEqual([]);
});

test('each document has uids of its own', () => {
	const uids = (content: JsonNode) => (content.content ?? []).map((block) => block.attrs?.uid).filter(Boolean);
	const first = uids(templateFor('plan', 'nd30', facts));
	expect(uids(templateFor('plan', 'nd30', facts)).some((uid) => first.includes(uid))).toBe(false);
});
