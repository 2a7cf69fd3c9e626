import { profileOf, type ProfileId, type TextStyle } from '../../schema/profiles.ts';

/**
 * What the style sheet of the paper needs to know of a profile, as custom properties. Sizes are numbers of points and
 * lengths numbers of millimetres; the sheet multiplies them by its own unit.
 */
export function paperStyle(id: ProfileId): string {
	const { page, font, header, legalBasis, enactingLine, numbering, signature, recipients, appendix } = profileOf(id);
	const [first, second] = header.right;
	const spacing = font.lineSpacing;
	const properties: Record<string, string | number> = {
		'--width': page.width,
		'--top': page.margin.top,
		'--right': page.margin.right,
		'--bottom': page.margin.bottom,
		'--left': page.margin.left,
		'--body': font.size,
		'--indent': font.firstLineIndent,
		'--gap': font.paragraphGap,
		'--line': 'exact' in spacing ? (spacing.exact / font.size).toFixed(3) : (spacing.multiple * 1.15).toFixed(3),
		'--motto-1': quoted(first?.text ?? ''),
		'--motto-2': second ? quoted(second.text) : 'none',
		'--mottos': quoted(header.right.map(({ text }) => text).join(' ')),
		'--motto-1-rule': first?.rule ? 'solid' : 'none',
		'--agency-mark': header.agencyMark ? quoted(header.agencyMark) : 'none',
		'--agency-rule': header.agency.rule ? 'block' : 'none',
		'--subject-mark': header.subjectMark ? quoted(header.subjectMark) : quoted(''),
		'--subject-rule': header.subject.rule ? 'solid' : 'none',
		'--basis-prefix': quoted(legalBasis.prefix),
		'--roman-suffix': quoted(`${numbering.romanSuffix} `),
		'--indent-mark': quoted(`${numbering.indentMark} `),
		'--recipients-label': quoted(recipients.label),
		'--appendix-label': quoted(`${appendix.label} `)
	};
	const styles: Record<string, TextStyle | undefined> = {
		'motto-1': first,
		'motto-2': second,
		parent: header.parent,
		agency: header.agency,
		symbol: header.symbol,
		'place-date': header.placeDate,
		kind: header.kind,
		subject: header.subject,
		basis: legalBasis,
		enacting: enactingLine.style,
		authority: signature.authority,
		position: signature.position,
		signer: signature.signer,
		label: recipients.labelStyle,
		recipients: recipients.itemStyle,
		appendix: appendix.titleStyle
	};
	for (const [name, style] of Object.entries(styles)) {
		if (!style) continue;
		properties[`--${name}-size`] = style.size;
		properties[`--${name}-weight`] = style.bold ? 700 : 400;
		properties[`--${name}-style`] = style.italic ? 'italic' : 'normal';
		properties[`--${name}-line`] = style.underline ? 'underline' : 'none';
	}
	return Object.entries(properties)
		.map(([name, value]) => `${name}: ${value}`)
		.join('; ');
}

function quoted(text: string): string {
	return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
