import type { Profile } from '../documents/schema/profiles.ts';

/** The style sheet of an exported page: the profile's measures on paper, a sheet in the middle of the screen. */
export function htmlStyles(profile: Profile): string {
	const { page, font } = profile;
	const { margin } = page;
	return `
@page {
	size: A4;
	margin: ${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;
	@top-center { content: counter(page); font: ${page.pageNumber.size}pt "${font.family}", Tinos, serif; }
}
@page landscape { size: A4 landscape; margin: ${margin.left}mm ${margin.top}mm ${margin.right}mm ${margin.bottom}mm; }
.landscape { page: landscape; }
@page :first { @top-center { content: none; } }
* { box-sizing: border-box; }
body { margin: 0; background: #e9eaec; color: #000; font: ${fontOf(profile)}; }
main { max-width: ${page.width}mm; margin: 1rem auto; padding: ${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm; background: #fff; }
${textStyles(profile)}@media screen and (max-width: 700px) {
	main { margin: 0; padding: 1rem; }
	${narrow}
}
@media print {
	body { background: none; }
	main { max-width: none; margin: 0; padding: 0; }
	.notes a { display: none; }
}
`;
}

/** The same for a part of a page: within elements of the class `printed`, and with the page's own width and margins. */
export function partStyles(profile: Profile): string {
	return `
@scope (.printed) {
:scope { max-width: ${profile.page.width}mm; color: #000; background: #fff; font: ${fontOf(profile)}; }
${textStyles(profile)}
@media screen and (max-width: 700px) {
	${narrow}
}
}
`;
}

const narrow = `.head, .closing { grid-template-columns: 1fr; row-gap: 8pt; }
	table { display: block; overflow-x: auto; }`;

function fontOf({ font }: Profile): string {
	const line = 'exact' in font.lineSpacing ? `${font.lineSpacing.exact}pt` : String(font.lineSpacing.multiple * 1.15);
	return `${font.size}pt/${line} "${font.family}", Tinos, "Liberation Serif", serif`;
}

function textStyles({ font, legalBasis, enactingLine }: Profile): string {
	return `p, h1, h2, h3, h4, h5, h6 { margin: 0 0 ${font.paragraphGap}pt; }
p { text-align: justify; text-indent: ${font.firstLineIndent}mm; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { font-size: ${font.size}pt; font-weight: bold; text-indent: ${font.firstLineIndent}mm; break-after: avoid; }
sup, sub { font-size: 65%; line-height: 0; }
a { color: inherit; text-decoration: none; }
ul, ol { margin: 0 0 ${font.paragraphGap}pt; padding-left: ${font.firstLineIndent + 6}mm; }
li p { text-indent: 0; }
.head, .closing { display: grid; column-gap: 4mm; break-inside: avoid; }
.head { grid-template-columns: 2fr 3fr; text-align: center; line-height: 1.25; margin-bottom: 18pt; }
.closing { grid-template-columns: 1fr 1fr; margin-top: 12pt; line-height: 1.25; }
.signature { text-align: center; }
.room { height: 72pt; }
.head, .title, .centred, .attached { text-wrap: balance; }
.head > div:nth-child(n + 3):not(:empty) { margin-top: 6pt; }
.title { margin-bottom: 6pt; text-align: center; text-indent: 0; line-height: 1.25; }
.rule-full, .rule-part { display: inline-block; position: relative; padding-bottom: 3pt; margin-bottom: 6pt; }
.title .rule-part { padding-bottom: 6pt; }
.rule-full::after, .rule-part::after { content: ""; position: absolute; bottom: 0; left: 0; width: 100%; border-bottom: 0.75pt solid; }
.rule-part::after { left: 30%; width: 40%; }
.centred, .enacting, .attached { text-align: center; text-indent: 0; }
.attached, .italic { font-style: italic; }
.enacting { font-weight: ${enactingLine.style.bold ? 'bold' : 'normal'}; break-after: avoid; }
.basis { font-style: ${legalBasis.italic ? 'italic' : 'normal'}; text-indent: ${legalBasis.indent}mm; }
.flush { text-indent: 0; }
.caps { text-transform: uppercase; }
.below { display: block; }
.new-page { break-before: page; margin-top: 24pt; }
hr.new-page { border: 0; }
figure { margin: 6pt 0; text-align: center; }
img { max-width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 6pt 0 10pt; font-size: 12pt; line-height: 1.2; }
th, td { border: 0.5pt solid #000; padding: 2pt 1.5mm; vertical-align: top; overflow-wrap: break-word; }
th { text-align: center; vertical-align: middle; }
th p, td p { text-indent: 0; margin: 2pt 0; text-align: inherit; }
thead { display: table-header-group; }
.notes { margin-top: 18pt; padding-top: 6pt; border-top: 0.5pt solid; font-size: 10pt; line-height: 1.25; }
`;
}
