import { readFileSync, writeFileSync } from 'node:fs';
import type { Conditions } from './conditions.ts';
import { type Result, written } from './results.ts';
import type { Row } from './rows/row.ts';
import { SERVERS, type ServerName } from './servers.ts';

/** A table for the terminal, with every figure and everything that is wrong. */
export function asText(row: Row, results: Result[]): string {
	const head = ['load', 'server', ...row.columns.map(({ title }) => title)];
	const lines = results.map((result) => [
		result.load,
		SERVERS[result.server].title,
		...row.columns.map(({ key }) => written(row, key, result.figures))
	]);
	const widths = head.map((title, index) => Math.max(title.length, ...lines.map((line) => line[index].length)));
	const format = (cells: string[]) =>
		cells.map((cell, index) => (index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join('  ');
	const notes = results.flatMap((result) => [
		...result.broken.map((text) => [`BROKEN`, result, text] as const),
		...result.doubts.map((text) => [`not trustworthy`, result, text] as const),
		...result.remarks.map((text) => [`note`, result, text] as const)
	]);
	return [
		`\n${row.title}`,
		format(head),
		...lines.map(format),
		...notes.map(([kind, { load, server }, text]) => `  ${kind}: ${SERVERS[server].title}, ${load}: ${text}`),
		...row.notes.map((note) => `  ${note}`)
	].join('\n');
}

/** A table for the documentation: a line per load, a column per server, ours against the better peer at the end. */
export function asMarkdown(row: Row, results: Result[], conditions: Conditions): string {
	const servers = row.servers.filter((server) => results.some((result) => result.server === server));
	const titles = row.short.map((key) => row.columns.find((column) => column.key === key)!.title);
	const loads = [...new Set(results.map(({ load }) => load))];
	const find = (load: string, server: ServerName) => results.find((result) => result.load === load && result.server === server);
	const lines = loads.map((load) => {
		const found = servers.map((server) => find(load, server));
		return [load, ...found.map((result) => cell(row, result)), ...(row.isComparable ? [comparison(row, found)] : [])];
	});
	const head = ['', ...servers.map((server) => SERVERS[server].title), ...(row.isComparable ? ['ours to the better peer'] : [])];
	const remarks = results.flatMap(({ server, load, remarks: texts }) =>
		texts.map((text) => `${SERVERS[server].title}, ${load}: ${text}`)
	);
	return [
		`*${titles.join(' · ')}.* ${conditions.sentence}`,
		'',
		...[head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`),
		...(remarks.length > 0 ? ['', ...remarks.map((text) => `- ${text}`)] : [])
	].join('\n');
}

/** Puts a row's table between its marks in the file; throws when the file has no such marks. */
export function writeInto(file: string, row: Row, table: string): void {
	const [begin, end] = [`<!-- bench:sync ${row.name} -->`, `<!-- /bench:sync ${row.name} -->`];
	const text = readFileSync(file, 'utf8');
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	if (from === -1 || to < from) throw new Error(`${file} has no place for ${row.name}`);
	writeFileSync(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}

function cell(row: Row, result: Result | undefined): string {
	if (!result) return '–';
	const figures = row.short.map((key) => written(row, key, result.figures)).join(' · ');
	if (result.broken.length > 0) return result.doubts.length > 0 ? 'broken (?)' : `broken (${result.broken[0]})`;
	return result.doubts.length > 0 ? `${figures} (?)` : figures;
}

/** Ours divided by the smaller figure of the two servers that people really run; under 1 is better. */
function comparison(row: Row, results: (Result | undefined)[]): string {
	const ours = results.find((result) => result?.server === 'ours');
	const peers = results.filter(
		(result) => result && (result.server === 'hocuspocus' || result.server === 'y-websocket') && result.broken.length === 0
	);
	if (!ours || ours.broken.length > 0 || peers.length === 0) return '–';
	const isDoubtful = [ours, ...peers].some((result) => result!.doubts.length > 0);
	const ratios = row.short.map((key) => {
		const best = Math.min(...peers.map((result) => result!.figures[key] ?? NaN).filter((value) => !Number.isNaN(value)));
		const ratio = ours.figures[key] / best;
		return Number.isFinite(ratio) ? `${ratio.toFixed(2)} : 1` : '–';
	});
	return `${ratios.join(' · ')}${isDoubtful ? ' (?)' : ''}`;
}
