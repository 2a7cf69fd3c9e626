import { escape } from '../../exports/html.ts';
import type { PrintedCell, PrintedComparison, PrintedRow, PrintedRun } from './printed.ts';

/** One HTML file that needs nothing else, to be printed across A4. */
export function writeComparisonHtml({ title, subject, columns, rows }: PrintedComparison): string {
	return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(`${title}: ${subject}`)}</title>
<style>${STYLES}</style>
</head>
<body>
<h1>${escape(title)}</h1>
<p class="subject">${escape(subject)}</p>
<table>
<thead><tr>${columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row, columns.length)).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function rowOf(row: PrintedRow, columns: number): string {
	if ('folded' in row) return `<tr class="folded"><td colspan="${columns}">${escape(row.folded)}</td></tr>`;
	return `<tr>${row.cells.map((cell) => `<td>${cellOf(cell)}</td>`).join('')}</tr>`;
}

function cellOf(lines: PrintedCell): string {
	return lines.map((runs) => `<p>${runs.map(runOf).join('')}</p>`).join('');
}

function runOf({ text, mark, bold }: PrintedRun): string {
	const tag = mark && { removed: 'del', added: 'ins', said: 'i' }[mark];
	const marked = tag ? `<${tag}>${escape(text)}</${tag}>` : escape(text);
	return bold ? `<b>${marked}</b>` : marked;
}

const STYLES = `
@page { size: A4 landscape; margin: 20mm 15mm; }
body { margin: 1.5rem auto; max-width: 267mm; padding: 0 1rem; color: #000; background: #fff; font: 13pt/1.35 "Times New Roman", Tinos, serif; }
h1, .subject { margin: 0; text-align: center; font-size: 14pt; }
.subject { margin-bottom: 1rem; font-weight: bold; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #000; padding: 4px 7px; vertical-align: top; text-align: left; overflow-wrap: break-word; }
th { text-align: center; }
p { margin: 0 0 3px; }
del { color: #8c1d18; }
ins { font-weight: bold; font-style: italic; text-decoration: underline; color: #14532d; }
.folded td { font-style: italic; font-size: 12pt; background: #f4f4f2; }
`;
