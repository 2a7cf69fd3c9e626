import { HEADER_FIELDS, SIGNATURE_FIELDS, symbolPrefix } from '../documents/schema/frame.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import { isLevel, levelRank, type Level } from '../text/levels.ts';
import { attachedTo, isAttachedLine, LANDSCAPE_COLUMNS, saysAttachedTo } from '../documents/references/attached-to.ts';
import { profileOf, type Profile, type ProfileId } from '../documents/schema/profiles.ts';
import { buildTable, columnsOf } from './build-table.ts';
import { EMPTY_CLOSING, joinClosings } from './closings.ts';
import { collectInlines, printable, type InlineContext } from './inlines.ts';
import { numberAttr, rawText, stringAttr } from './node.ts';
import { numbersOf, type Numbers } from './numbers.ts';
import { runsText, type Align, type AppendixBlock } from './outline.ts';
import type { HeaderBlock, Inline, Outline, OutlineBlock } from './outline.ts';
import { isTitle } from './title.ts';

/**
 * Turns a document into what is printed. Never loses a word: a node it does not know gives its text as paragraphs.
 * @param input.content the ProseMirror JSON of the document (`{ type: 'doc', content: […] }`)
 */
export function buildOutline(input: { title: string; profile: ProfileId; content: JsonNode }): Outline {
	const profile = profileOf(input.profile);
	const builder = new OutlineBuilder(profile, numbersOf(input.content, input.profile));
	const blocks = joinClosings(builder.blocks(input.content.content ?? []));
	return { title: printable(input.title), profile, blocks, notes: builder.notes };
}

class OutlineBuilder implements InlineContext {
	readonly notes: string[] = [];
	private readonly profile: Profile;
	private readonly numbers: Numbers;
	/** The first header of the document: what an appendix is attached to. */
	private header: HeaderBlock | null = null;

	constructor(profile: Profile, numbers: Numbers) {
		this.profile = profile;
		this.numbers = numbers;
	}

	addNote(text: string): number {
		return this.notes.push(text);
	}

	cite(reference: JsonNode, from: string | null) {
		return this.numbers.cite(reference, from);
	}

	blocks(nodes: readonly JsonNode[]): OutlineBlock[] {
		return nodes.flatMap((node, index) => this.block(node, nodes, index));
	}

	private block(node: JsonNode, siblings: readonly JsonNode[], index: number): OutlineBlock[] {
		switch (node.type) {
			case 'documentHeader':
				return [this.headerBlock(node, siblings, index)];
			case 'legalBasis':
				return [{ type: 'legalBasis', prefix: this.basisPrefix(node), runs: this.runs(node) }];
			case 'enactingLine':
				return [{ type: 'enactingLine', runs: this.runs(node) }];
			case 'provision':
				return [this.provision(node, siblings[index + 1])];
			case 'paragraph':
				return [this.paragraph(node, siblings, index)];
			case 'bulletList':
			case 'orderedList':
				return [this.list(node)];
			case 'table':
				return [buildTable(node, (nodes) => this.blocks(nodes))];
			case 'image':
				return [
					{
						type: 'image',
						src: stringAttr(node, 'src'),
						alt: printable(stringAttr(node, 'alt')),
						width: numberAttr(node, 'width')
					}
				];
			case 'signature':
				return [{ ...EMPTY_CLOSING, ...this.signature(node), hasSignature: true }];
			case 'recipients':
				return [
					{
						...EMPTY_CLOSING,
						recipients: (node.content ?? []).map((line) => this.runs(line)),
						hasRecipients: true
					}
				];
			case 'appendix':
				return [this.appendix(node, siblings, index)];
			default:
				return this.unknown(node);
		}
	}

	private runs(node: JsonNode): Inline[] {
		return collectInlines(node.content ?? [], this, stringAttr(node, 'uid') || null);
	}

	/** The fields of this name that say something; `names` are those the block has, the last one takes in the others. */
	private fields(node: JsonNode, name: string, names: readonly string[]): Inline[][] {
		const nameOf = (field: JsonNode) => {
			const stored = stringAttr(field, 'name');
			return names.includes(stored) ? stored : names.at(-1);
		};
		const named = (node.content ?? []).filter((field) => nameOf(field) === name);
		return named.map((field) => this.runs(field)).filter((runs) => runs.length > 0);
	}

	private headerBlock(node: JsonNode, siblings: readonly JsonNode[], index: number): HeaderBlock {
		const field = (name: string) => this.fields(node, name, HEADER_FIELDS);
		const kind = field('kind');
		const subject = field('subject');
		const isLetter = kind.length === 0 && /^V\/v/iu.test(runsText(subject[0] ?? []));
		const before = siblings[index - 1];
		const header: HeaderBlock = {
			type: 'header',
			parent: field('parent'),
			agency: field('agency'),
			symbol: this.symbol(field('symbol')),
			placeDate: field('placeDate'),
			kind,
			subject: isLetter ? [] : subject,
			about: isLetter ? subject : [],
			attachedTo: before?.type === 'appendix' ? this.attachedTo(siblings, index - 1) : null
		};
		this.header ??= header;
		return header;
	}

	/** The symbol with `Số: ` before it, where the text does not say so itself. */
	private symbol([first, ...others]: Inline[][]): Inline[][] {
		if (!first) return [];
		const prefix = symbolPrefix(runsText(first), this.profile);
		return [prefix ? [{ type: 'text', text: prefix }, ...first] : first, ...others];
	}

	/** The line under an appendix's title, unless its first blocks already say it. */
	private attachedTo(siblings: readonly JsonNode[], index: number): string | null {
		const { header } = this;
		if (!header || saysAttachedTo(ownBlocks(siblings, index).map(rawText))) return null;
		const words = (field: Inline[][]) => field.map(runsText).join(' ');
		const said = {
			kind: words(header.kind),
			symbol: words(header.symbol),
			placeDate: words(header.placeDate),
			agency: words(header.agency)
		};
		return attachedTo(said, this.profile.family);
	}

	private basisPrefix(node: JsonNode): string {
		const { prefix } = this.profile.legalBasis;
		return rawText(node).trimStart().startsWith(prefix.trim()) ? '' : prefix;
	}

	private provision(node: JsonNode, next: JsonNode | undefined): OutlineBlock {
		const level = levelOf(node);
		const runs = this.runs(node);
		return {
			type: 'provision',
			level,
			roman: this.numbers.isRoman(node),
			uid: stringAttr(node, 'uid'),
			label: this.numbers.label(node),
			runs,
			titled: isTitle(level, runsText(runs), isBelow(next, level), node.attrs?.titled)
		};
	}

	private paragraph(node: JsonNode, siblings: readonly JsonNode[], index: number): OutlineBlock {
		const runs = this.runs(node);
		const align = alignOf(node);
		if (align === 'center' && runs.length > 0 && opensTheDocument(siblings, index)) return { type: 'issuer', runs };
		const text = runsText(runs).trim();
		const isAttachedTo = isAttachedLine(text);
		return {
			type: 'paragraph',
			align: isAttachedTo ? 'center' : align,
			italic: isAttachedTo || isAdoptionSentence(text),
			runs
		};
	}

	private list(node: JsonNode): OutlineBlock {
		const items = (node.content ?? []).map((item) => this.blocks(item.content ?? []));
		return { type: 'list', ordered: node.type === 'orderedList', items };
	}

	private signature(node: JsonNode) {
		const field = (name: string) => this.fields(node, name, SIGNATURE_FIELDS);
		return { authority: field('authority'), position: field('position'), signer: field('signer') };
	}

	private appendix(node: JsonNode, siblings: readonly JsonNode[], index: number): AppendixBlock {
		const attachment = stringAttr(node, 'kind') === 'attachment';
		const own = ownBlocks(siblings, index).slice(1);
		return {
			type: 'appendix',
			uid: stringAttr(node, 'uid'),
			attachment,
			label: attachment ? null : this.numbers.label(node),
			runs: this.runs(node),
			attachedTo: own[0]?.type === 'documentHeader' ? null : this.attachedTo(siblings, index),
			landscape: own.some((block) => block.type === 'table' && columnsOf(block) >= LANDSCAPE_COLUMNS)
		};
	}

	/** What a newer client may have stored: its text, as paragraphs. */
	private unknown(node: JsonNode): OutlineBlock[] {
		const children = node.content ?? [];
		const isTextblock = children.length === 0 || children.some((child) => child.type === 'text');
		if (!isTextblock) return this.blocks(children);
		const runs = collectInlines(children.length > 0 ? children : [node], this, null);
		return runs.length > 0 ? [{ type: 'paragraph', align: null, italic: false, runs }] : [];
	}
}

/** An appendix and what belongs to it. */
function ownBlocks(siblings: readonly JsonNode[], index: number): readonly JsonNode[] {
	const end = siblings.findIndex((other, at) => at > index && other.type === 'appendix');
	return siblings.slice(index, end < 0 ? undefined : end);
}

function levelOf(node: JsonNode): Level {
	const level = node.attrs?.level;
	return isLevel(level) ? level : 'clause';
}

/** Whether something stands under a provision: a narrower one, or text, a list, a table. */
function isBelow(next: JsonNode | undefined, level: Level): boolean {
	if (!next) return false;
	if (next.type === 'provision') return levelRank(levelOf(next)) > levelRank(level);
	return ['paragraph', 'bulletList', 'orderedList', 'table', 'image'].includes(next.type);
}

function alignOf(node: JsonNode): Align | null {
	const align = node.attrs?.align;
	return align === 'left' || align === 'center' || align === 'right' || align === 'justify' ? align : null;
}

/** Whether only centred lines lie between the header and here, and a legal basis or the enacting line follows. */
function opensTheDocument(siblings: readonly JsonNode[], index: number): boolean {
	const isLine = (node: JsonNode | undefined) => node?.type === 'paragraph' && alignOf(node) === 'center';
	let before = index - 1;
	while (isLine(siblings[before])) before--;
	let after = index + 1;
	while (isLine(siblings[after])) after++;
	const follows = siblings[after]?.type;
	return siblings[before]?.type === 'documentHeader' && (follows === 'legalBasis' || follows === 'enactingLine');
}

/** The sentence at the end of a law or a council's resolution: `Nghị quyết này đã được Hội đồng nhân dân … thông qua …`. */
function isAdoptionSentence(text: string): boolean {
	return /^(Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết) này (đã )?được .+ thông qua( |$)/u.test(text);
}
