import { expect, test } from 'vitest';
import { importFile } from '../documents/import/index.server.ts';
import { numberProvisions } from '../documents/numbering/numbering.ts';
import { readExportedJson } from '../documents/library/import-json.server.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { buildOutline } from './build-outline.ts';
import { exportDocument } from './export-document.ts';
import { runsText } from './outline.ts';
import { article, SAMPLES } from '../../../tests/support/sample-documents.ts';

interface Printed {
	title: string;
	profile: ProfileId;
	content: JsonNode;
}

/** Number and printed text of each provision, so that references count as what they print. */
function provisions({ title, profile, content }: Printed): string[] {
	const { blocks } = buildOutline({ title, profile, content });
	return blocks.flatMap((block) =>
		block.type === 'provision' && block.label !== '•' ? [`${block.level} ${block.label} ${runsText(block.runs)}`] : []
	);
}

function count(content: JsonNode, type: string): number {
	return (content.type === type ? 1 : 0) + (content.content ?? []).reduce((sum, child) => sum + count(child, type), 0);
}

const formats = ['docx', 'html', 'txt'] as const;

test.each(SAMPLES.flatMap((input) => formats.map((format) => ({ input, format, profile: input.profile }))))(
	'$profile as $format: what is imported again has the same provisions',
	async ({ input, format, profile }) => {
		const { bytes } = await exportDocument({ ...input, format });
		const imported = await importFile({ bytes, filename: `van-ban.${format}`, profile, title: input.title });
		const again = { title: input.title, profile, content: imported.content };
		const groupRow = /^section I\. Hạ tầng$/u;
		const found = provisions(again).filter((line) => !groupRow.test(line));
		// Plain text has no notes and no tables: `[1]` stays where the note was, a row is a paragraph.
		expect(found.map((line) => (format === 'txt' ? line.replace(/\[\d+\]/gu, '') : line))).toEqual(provisions(input));
		const numbering = numberProvisions(imported.content.content ?? [], profile);
		expect(numbering.entries.filter(({ level }) => level === 'appendix').map(({ label }) => label)).toEqual(
			numberProvisions(input.content.content ?? [], profile)
				.entries.filter(({ level }) => level === 'appendix')
				.map(({ label }) => label)
		);
		for (const type of ['documentHeader', 'legalBasis', 'enactingLine', 'signature', 'recipients']) {
			expect([type, count(imported.content, type)]).toEqual([type, count(input.content, type)]);
		}
		if (format === 'txt') return;
		for (const type of ['table', 'footnote', 'tableCell']) {
			expect([type, count(imported.content, type)]).toEqual([type, count(input.content, type)]);
		}
	}
);

test.each(['docx', 'html', 'txt', 'json'] as const)(
	'a placeholder is printed in brackets in %s, and read back as one',
	async (format) => {
		const content: JsonNode = {
			type: 'doc',
			content: [
				article(
					'Giao ',
					{ type: 'placeholder', attrs: { uid: null, label: 'tên cơ quan' } },
					' theo dõi theo ghi chú [1] trong mười ngày.'
				)
			]
		};
		const { bytes } = await exportDocument({ title: 'T', profile: 'nd30', content, format });
		if (format === 'txt' || format === 'html')
			expect(new TextDecoder().decode(bytes)).toContain('Giao [tên cơ quan] theo dõi theo ghi chú [1]');
		const again =
			format === 'json'
				? readExportedJson(bytes, 'nd30')
				: await importFile({ bytes, filename: `van-ban.${format}`, profile: 'nd30' });
		expect(again?.content.content?.[0]?.content).toEqual([
			{ type: 'text', text: 'Giao ' },
			{ type: 'placeholder', attrs: { uid: expect.toBeOneOf([null, expect.any(String)]), label: 'tên cơ quan' } },
			{ type: 'text', text: ' theo dõi theo ghi chú [1] trong mười ngày.' }
		]);
	}
);

test('a second export of what was imported reads like the first', async () => {
	for (const input of SAMPLES) {
		const { bytes } = await exportDocument({ ...input, format: 'docx' });
		const { content } = await importFile({ bytes, filename: 'van-ban.docx', profile: input.profile });
		const texts = await Promise.all(
			[input.content, content].map((version) => exportDocument({ ...input, content: version, format: 'txt' }))
		);
		const [first, second] = texts.map((file) => new TextDecoder().decode(file.bytes).replace(/\s+/gu, ' '));
		expect(second).toBe(first);
	}
});
