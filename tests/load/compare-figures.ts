import { recognise } from '../../src/lib/documents/import/recognise.ts';
import { textToBlocks } from '../../src/lib/documents/import/text.ts';
import { complete } from '../../src/lib/documents/schema/complete.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import { compareContents } from '../../src/lib/versions/compare/compare.ts';
import { percentile, type Figure } from './figures.ts';
import { decreeText, lawText } from './law-text.ts';
import { DECREE } from './text-figures.ts';

const RUNS = 5;

/** How long it takes to compare two texts, in the thread that does it. */
export function compareFigures(): Figure[] {
	const { text, source } = lawText();
	return [
		...figuresOf(source, text, 'under 1 s'),
		...figuresOf(`a decree of ${DECREE.toLocaleString('en')} provisions`, decreeText(DECREE), 'under 5 s')
	];
}

function figuresOf(source: string, text: string, aim: string): Figure[] {
	const content = contentOf(text);
	return [
		{ what: `${source} against an amended version of it`, value: took(content, amended(content)), aim },
		{ what: `${source} against an amended text with other uids`, value: took(content, contentOf(amendedLines(text))), aim }
	];
}

/** A third of the provisions changed, some deleted, some new, a few moved. */
function amended(content: JsonNode): JsonNode {
	const blocks = structuredClone(content.content ?? []).map((block, nth) => {
		const [first] = block.content ?? [];
		if (nth % 3 === 0 && first?.text) first.text = first.text.replace(/^(\S+) (\S+)/u, '$1 sửa đổi').replace('theo', 'đúng');
		return block;
	});
	const moved = blocks.splice(100, 20);
	blocks.splice(400, 0, ...moved);
	return { ...content, content: blocks.filter((_block, nth) => nth % 40 !== 7) };
}

function amendedLines(text: string): string {
	const lines = text.split('\n').flatMap((line, nth) => {
		if (nth % 40 === 7) return [];
		if (nth % 60 === 11) return [line, `Quy định mới thứ ${nth} về dữ liệu dùng chung của các cơ quan`];
		return [nth % 3 === 0 ? line.replace('theo', 'đúng') : line];
	});
	return lines.join('\n');
}

function took(before: JsonNode, after: JsonNode): string {
	const profile = 'vbqppl-187';
	const times = Array.from({ length: RUNS }, () => {
		const began = performance.now();
		compareContents({ content: before, profile }, { content: after, profile });
		return performance.now() - began;
	});
	return `${Math.round(percentile(times, 0.5))} ms, the first ${Math.round(times[0])} ms`;
}

function contentOf(text: string): JsonNode {
	return complete(recognise(textToBlocks(text), { profile: 'vbqppl-187' }).content);
}
