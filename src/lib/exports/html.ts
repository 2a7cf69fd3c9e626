import { isTitled, LEVELS, type Level } from '../text/levels.ts';
import type { Profile, TextStyle } from '../documents/schema/profiles.ts';
import { htmlStyles, partStyles } from './html-styles.ts';
import { loadImages, type LoadedImage, type LoadImage } from './images.ts';
import type {
	AppendixBlock,
	ClosingBlock,
	HeaderBlock,
	Inline,
	Outline,
	OutlineBlock,
	ProvisionBlock,
	TableBlock
} from './outline.ts';

/**
 * Writes an outline as one HTML file that needs nothing else: styles and pictures inside, no script, headings by level,
 * printable on A4 with the profile's margins.
 * @param loadImage reads pictures that are not in the document itself; without it they show as their description
 */
export async function writeHtml(outline: Outline, loadImage?: LoadImage): Promise<string> {
	return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escape(outline.title)}</title>
<style>${htmlStyles(outline.profile)}</style>
</head>
<body>
<main>
${await print(outline, loadImage)}
</main>
</body>
</html>
`;
}

/** A printed document inside a page of ours, with a style sheet that touches nothing but elements of the class `printed`. */
export interface HtmlPart {
	styles: string;
	body: string;
}

/** Writes an outline as such a part, with everything escaped and its pictures inside. */
export async function writeHtmlPart(outline: Outline, loadImage?: LoadImage): Promise<HtmlPart> {
	return { styles: partStyles(outline.profile), body: await print(outline, loadImage) };
}

async function print(outline: Outline, loadImage?: LoadImage): Promise<string> {
	const printer = new HtmlPrinter(outline, await loadImages(outline.blocks, loadImage));
	const notes = outline.notes.map(
		(text, index) =>
			`<li id="footnote-${index + 1}">${escape(text)} <a href="#footnote-ref-${index + 1}" aria-label="Về chỗ chú thích">↩</a></li>`
	);
	return `${printer.pages(outline.blocks)}
${notes.length > 0 ? `<footer class="notes"><ol>${notes.join('\n')}</ol></footer>` : ''}`;
}

class HtmlPrinter {
	private readonly profile: Profile;
	private readonly images: Map<string, LoadedImage>;
	/** The levels that have titles in this document: together they are the headings from the second on, without a gap. */
	private readonly headings: Level[];
	private hasTitle = false;

	constructor({ profile, blocks }: Outline, images: Map<string, LoadedImage>) {
		const titled = new Set(blocks.map((block) => (block.type === 'provision' && block.titled ? block.level : null)));
		this.profile = profile;
		this.headings = LEVELS.filter((level) => isTitled(level) && titled.has(level));
		this.images = images;
	}

	/** The whole text; what lies across the page in sections of its own. */
	pages(blocks: readonly OutlineBlock[]): string {
		const parts: { landscape: boolean; blocks: OutlineBlock[] }[] = [];
		for (const block of blocks) {
			const landscape = block.type === 'appendix' ? block.landscape : (parts.at(-1)?.landscape ?? false);
			if (landscape !== parts.at(-1)?.landscape) parts.push({ landscape, blocks: [] });
			parts.at(-1)!.blocks.push(block);
		}
		return parts
			.map((part) => (part.landscape ? `<div class="landscape">${this.blocks(part.blocks)}</div>` : this.blocks(part.blocks)))
			.join('\n');
	}

	blocks(blocks: readonly OutlineBlock[]): string {
		return blocks.map((block) => this.block(block)).join('\n');
	}

	private block(block: OutlineBlock): string {
		switch (block.type) {
			case 'header':
				return this.header(block);
			case 'issuer':
				return `<p class="centred"><b>${inlines(block.runs)}</b></p>`;
			case 'legalBasis':
				return `<p class="basis">${escape(block.prefix)}${inlines(block.runs)}</p>`;
			case 'enactingLine':
				return `<p class="enacting">${inlines(block.runs)}</p>`;
			case 'provision':
				return this.provision(block);
			case 'paragraph': {
				const align = block.align ? ` style="text-align: ${block.align}"` : '';
				const kind = [block.align === 'center' || block.align === 'right' ? 'flush' : '', block.italic ? 'italic' : ''];
				const names = kind.filter(Boolean).join(' ');
				return `<p${names ? ` class="${names}"` : ''}${align}>${inlines(block.runs)}</p>`;
			}
			case 'list': {
				const tag = block.ordered ? 'ol' : 'ul';
				const items = block.items.map((item) => `<li>${this.blocks(item)}</li>`);
				return `<${tag}>${items.join('\n')}</${tag}>`;
			}
			case 'table':
				return this.table(block);
			case 'image':
				return this.image(block);
			case 'closing':
				return this.closing(block);
			case 'appendix':
				return this.appendix(block);
		}
	}

	private header(header: HeaderBlock): string {
		const styles = this.profile.header;
		const agency = header.agency.map(inlines);
		const cells = [
			[
				...framed(header.parent.map(inlines), styles.parent),
				...framed(agency, styles.agency),
				...(styles.agencyMark && agency.length > 0 ? [`<div>${escape(styles.agencyMark)}</div>`] : [])
			],
			styles.right.flatMap((line) => framed([escape(line.text)], line)),
			[...framed(header.symbol.map(inlines), styles.symbol), ...framed(header.about.map(inlines), { size: 12 })],
			framed(header.placeDate.map(inlines), styles.placeDate)
		];
		const title = [
			...framed(header.kind.map(inlines), styles.kind, 'span'),
			...framed(header.subject.map(inlines), styles.subject, 'span')
		].join('<br>');
		const level = this.hasTitle ? 2 : 1;
		this.hasTitle ||= title !== '';
		const mark = styles.subjectMark && title ? `<div class="centred">${escape(styles.subjectMark)}</div>` : '';
		return [
			`<header class="head">${cells.map((cell) => `<div>${cell.join('\n')}</div>`).join('\n')}</header>`,
			title && `<h${level} class="title">${title}</h${level}>`,
			mark,
			header.attachedTo && `<p class="attached">${escape(header.attachedTo)}</p>`
		]
			.filter(Boolean)
			.join('\n');
	}

	private provision(block: ProvisionBlock): string {
		const style = this.profile.titles[block.roman ? 'romanSection' : (block.level as 'article')];
		const level = Math.min(6, this.headings.indexOf(block.level) + 2);
		const id = block.uid ? ` id="${escape(block.uid)}"` : '';
		const text = inlines(block.runs);
		const label = escape(block.label);
		if (!block.titled || level < 2) {
			const own = block.titled || block.level === 'article' ? `<b>${label}</b>` : label;
			const whole = [own, block.titled ? `<b>${text}</b>` : text].filter(Boolean).join(' ');
			return `<p${id}>${whole}</p>`;
		}
		const isCaps = block.level !== 'article' && block.level !== 'subsection';
		const title = text && `<span class="${isCaps ? 'caps' : ''}${style?.titleBelow ? ' below' : ''}">${text}</span>`;
		const centred = style?.align === 'center' ? ' class="centred"' : '';
		return `<h${level}${id}${centred}>${[label, title].filter(Boolean).join(' ')}</h${level}>`;
	}

	private table(table: TableBlock): string {
		const columns = table.widths.map((width) => `<col style="width: ${(width * 100).toFixed(2)}%">`).join('');
		const rows = table.rows.map((row, index) => {
			const cells = row.map((cell) => {
				const tag = cell.header ? 'th' : 'td';
				const scope = cell.header ? ` scope="${index < table.headerRows ? 'col' : 'row'}"` : '';
				const columnSpan = cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : '';
				const rowSpan = cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '';
				return `<${tag}${scope}${columnSpan}${rowSpan}>${this.blocks(cell.blocks)}</${tag}>`;
			});
			return `<tr>${cells.join('')}</tr>`;
		});
		const head = rows.slice(0, table.headerRows);
		const body = rows.slice(table.headerRows);
		return [
			`<table><colgroup>${columns}</colgroup>`,
			head.length > 0 && `<thead>${head.join('\n')}</thead>`,
			body.length > 0 && `<tbody>${body.join('\n')}</tbody>`,
			'</table>'
		]
			.filter(Boolean)
			.join('\n');
	}

	private image(block: OutlineBlock & { type: 'image' }): string {
		const image = this.images.get(block.src);
		if (!image) return `<p class="flush italic" style="text-align: center">[${escape(block.alt || 'hình ảnh')}]</p>`;
		const type = image.type === 'jpg' ? 'jpeg' : image.type;
		const data = Buffer.from(image.bytes).toString('base64');
		const width = Math.round(block.width ?? image.width);
		return `<figure><img src="data:image/${type};base64,${data}" alt="${escape(block.alt)}" width="${width}"></figure>`;
	}

	private closing(closing: ClosingBlock): string {
		const { recipients, signature } = this.profile;
		const sent = closing.hasRecipients
			? [
					...framed([escape(recipients.label)], recipients.labelStyle),
					...framed(closing.recipients.map(inlines), recipients.itemStyle)
				]
			: [];
		const signed = [
			...framed(closing.authority.map(inlines), signature.authority),
			...framed(closing.position.map(inlines), signature.position),
			`<div class="room"></div>`,
			...framed(closing.signer.map(inlines), signature.signer)
		];
		return [
			`<section class="closing"><div class="recipients">${sent.join('\n')}</div>`,
			`<div class="signature">${closing.hasSignature ? signed.join('\n') : ''}</div></section>`
		].join('\n');
	}

	private appendix(block: AppendixBlock): string {
		const id = block.uid ? ` id="${escape(block.uid)}"` : '';
		const title = inlines(block.runs);
		const parts = [
			block.label && `<span>${escape(block.label)}</span>`,
			title && `<span class="below${block.attachment ? '' : ' caps'}">${title}</span>`
		].filter(Boolean);
		const attached = block.attachedTo ? `<p class="attached">${escape(block.attachedTo)}</p>` : '';
		if (parts.length === 0) return `<hr class="new-page"${id}>${attached}`;
		return `<h2 class="centred new-page"${id}>${parts.join(' ')}</h2>${attached}`;
	}
}

/** Lines in the style of a frame, with a rule below the last where the style has one. */
function framed(lines: string[], style: TextStyle, tag: 'div' | 'span' = 'div'): string[] {
	return lines.map((line, index) => {
		const rule = style.rule && index === lines.length - 1 ? ` class="rule-${style.rule}"` : '';
		const css = [
			`font-size: ${style.size}pt`,
			style.bold ? 'font-weight: bold' : '',
			style.italic ? 'font-style: italic' : '',
			style.underline ? 'text-decoration: underline' : '',
			style.caps ? 'text-transform: uppercase' : ''
		].filter(Boolean);
		return `<${tag} style="${css.join('; ')}"><span${rule}>${line}</span></${tag}>`;
	});
}

function inlines(runs: readonly Inline[]): string {
	return runs
		.map((run) => {
			if (run.type === 'break') return '<br>';
			if (run.type === 'comment') return '';
			if (run.type === 'note') {
				return `<sup><a id="footnote-ref-${run.number}" href="#footnote-${run.number}">${run.number}</a></sup>`;
			}
			let html = escape(run.text);
			if (run.target) html = `<a href="#${escape(run.target)}">${html}</a>`;
			for (const [mark, tag] of TAGS) if (run[mark]) html = `<${tag}>${html}</${tag}>`;
			return html;
		})
		.join('');
}

const TAGS = [
	['superscript', 'sup'],
	['subscript', 'sub'],
	['strike', 's'],
	['underline', 'u'],
	['italic', 'i'],
	['bold', 'b']
] as const;

export function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
