import { toRoman } from '../numbering/numerals.ts';

/** One level of a list of Word. */
interface ListLevel {
	start: number;
	format: string;
	/** `%1.`, `Điều %1.`, `%1.%2`. */
	text: string;
	/** The paragraph style that this level belongs to. */
	style: string | null;
}

interface WordLists {
	/** By number of the list: its pattern and the levels that it changes. */
	lists: Map<string, { pattern: string; levels: Map<number, ListLevel>; restarts: Map<number, number> }>;
	/** By paragraph style: the list and level that it brings. */
	styles: Map<string, { list: string; level: number }>;
}

const PARAGRAPH = /<w:p(?:\s(?:[^>]*[^/>])?)?>(?:\s*<w:pPr>.*?<\/w:pPr>|\s*<w:pPr\/>)?/gs;
const FIRST_RUN = /^(?:(?!<\/w:p>).)*?<w:r(?:\s[^>]*)?>\s*(<w:rPr>.*?<\/w:rPr>)?/s;

/**
 * Writes the numbers that Word computes for its lists into the text of the paragraphs, as a reader sees them, and takes
 * the lists away. Bullets become dashes.
 */
export function writeListNumbers(document: string, numbering: string, styles: string): string {
	const lists = readLists(numbering, styles);
	const counts = new Map<string, number[]>();
	const started = new Set<string>();
	const source = document.replace(/<w:pPrChange\b.*?<\/w:pPrChange>/gs, '');
	return source.replace(PARAGRAPH, (head, offset: number) => {
		const place = placeOf(head, lists);
		const plain = head.replace(/<w:numPr>.*?<\/w:numPr>|<w:numPr\/>/gs, '');
		const list = place && lists.lists.get(place.list);
		const level = place && list?.levels.get(place.level);
		if (!place || !list || !level) return plain;
		const values = counts.get(list.pattern) ?? [];
		restart(values, place.list, list.restarts, started);
		advance(values, place.level, list.levels);
		counts.set(list.pattern, values);
		const label = labelOf(level, place.level, values, list.levels);
		if (!label) return plain;
		const rest = source.slice(offset + head.length, offset + head.length + 4000);
		const format = FIRST_RUN.exec(rest)?.[1] ?? '';
		return `${plain}<w:r>${format}<w:t xml:space="preserve">${escapeXml(label)} </w:t></w:r>`;
	});
}

function restart(values: number[], list: string, restarts: Map<number, number>, started: Set<string>): void {
	if (started.has(list)) return;
	started.add(list);
	for (const [level, start] of restarts) values[level] = start - 1;
}

function advance(values: number[], level: number, levels: Map<number, ListLevel>): void {
	for (let upper = 0; upper < level; upper++) values[upper] ??= levels.get(upper)?.start ?? 1;
	values[level] = (values[level] ?? (levels.get(level)?.start ?? 1) - 1) + 1;
	values.length = level + 1;
}

function labelOf(level: ListLevel, depth: number, values: number[], levels: Map<number, ListLevel>): string {
	if (level.format === 'bullet') return /^[-–+]$/.test(level.text) ? level.text : depth === 1 ? '+' : '-';
	if (level.format === 'none') return level.text.replace(/%\d/g, '').trim();
	const label = level.text.replace(/%(\d)/g, (_, digit: string) => {
		const at = Number(digit) - 1;
		return formatNumber(values[at] ?? 1, levels.get(at)?.format ?? 'decimal');
	});
	return label.trim();
}

function formatNumber(value: number, format: string): string {
	const letter = () => {
		const index = (value - 1) % 26;
		return String.fromCharCode(97 + index).repeat(Math.floor((value - 1) / 26) + 1);
	};
	if (format === 'upperRoman') return toRoman(value);
	if (format === 'lowerRoman') return toRoman(value).toLowerCase();
	if (format === 'lowerLetter') return letter();
	if (format === 'upperLetter') return letter().toUpperCase();
	return format === 'decimalZero' ? String(value).padStart(2, '0') : String(value);
}

/** The list and level of a paragraph: its own, or those of its style. */
function placeOf(head: string, { styles }: WordLists): { list: string; level: number } | null {
	const own = /<w:numPr>(.*?)<\/w:numPr>/s.exec(head)?.[1];
	const style = attribute(head, 'pStyle');
	const inherited = style === null ? undefined : styles.get(style);
	const list = (own && attribute(own, 'numId')) ?? inherited?.list ?? null;
	if (list === null || list === '0') return null;
	return { list, level: Number((own && attribute(own, 'ilvl')) ?? inherited?.level ?? 0) };
}

function readLists(numbering: string, styles: string): WordLists {
	const patterns = new Map<string, Map<number, ListLevel>>();
	for (const [, id = '', body = ''] of numbering.matchAll(
		/<w:abstractNum\s[^>]*?w:abstractNumId="(\d+)"[^>]*>(.*?)<\/w:abstractNum>/gs
	)) {
		patterns.set(id, readLevels(body));
	}
	const lists: WordLists['lists'] = new Map();
	for (const [, id = '', body = ''] of numbering.matchAll(/<w:num\s[^>]*?w:numId="(\d+)"[^>]*>(.*?)<\/w:num>/gs)) {
		const pattern = attribute(body, 'abstractNumId') ?? '';
		const levels = new Map(patterns.get(pattern) ?? []);
		const restarts = new Map<number, number>();
		for (const [, level = '', change = ''] of body.matchAll(
			/<w:lvlOverride\s[^>]*?w:ilvl="(\d+)"[^>]*>(.*?)<\/w:lvlOverride>/gs
		)) {
			const start = attribute(change, 'startOverride');
			if (start !== null) restarts.set(Number(level), Number(start));
			for (const [depth, changed] of readLevels(change)) levels.set(depth, changed);
		}
		lists.set(id, { pattern, levels, restarts });
	}
	return { lists, styles: readStyles(styles, lists) };
}

function readLevels(body: string): Map<number, ListLevel> {
	const levels = new Map<number, ListLevel>();
	for (const [, depth = '0', level = ''] of body.matchAll(/<w:lvl\s[^>]*?w:ilvl="(\d+)"[^>]*>(.*?)<\/w:lvl>/gs)) {
		levels.set(Number(depth), {
			start: Number(attribute(level, 'start') ?? 1),
			format: attribute(level, 'numFmt') ?? 'decimal',
			text: unescapeXml(attribute(level, 'lvlText') ?? ''),
			style: attribute(level, 'pStyle')
		});
	}
	return levels;
}

function readStyles(styles: string, lists: WordLists['lists']): WordLists['styles'] {
	const own = new Map<string, { list: string; level: number }>();
	const parents = new Map<string, string>();
	for (const [, id = '', body = ''] of styles.matchAll(/<w:style\s[^>]*?w:styleId="([^"]+)"[^>]*>(.*?)<\/w:style>/gs)) {
		const parent = attribute(body, 'basedOn');
		if (parent) parents.set(id, parent);
		const properties = /<w:numPr>(.*?)<\/w:numPr>/s.exec(body)?.[1];
		const list = properties && attribute(properties, 'numId');
		if (!list) continue;
		const linked = [...(lists.get(list)?.levels ?? [])].find(([, level]) => level.style === id)?.[0];
		own.set(id, { list, level: linked ?? Number(attribute(properties, 'ilvl') ?? 0) });
	}
	const found: WordLists['styles'] = new Map(own);
	for (const id of parents.keys()) {
		let at: string | undefined = id;
		for (let depth = 0; at && !own.has(at) && depth < 20; depth++) at = parents.get(at);
		const inherited = at && own.get(at);
		if (inherited) found.set(id, inherited);
	}
	return found;
}

/** The value of the first `<w:NAME w:val="…">`, with either kind of quotes. */
function attribute(xml: string, name: string): string | null {
	return new RegExp(`<w:${name}\\s[^>]*?w:val=(["'])(.*?)\\1`).exec(xml)?.[2] ?? null;
}

function escapeXml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function unescapeXml(text: string): string {
	return text
		.replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}
