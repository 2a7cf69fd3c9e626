import { median } from './histogram.ts';
import type { Row, Sample } from './rows/row.ts';
import { SERVER_NAMES, type ServerName } from './servers.ts';

/** All runs of one server under one load, as one line. */
export interface Result {
	load: string;
	server: ServerName;
	runs: number;
	/** Median of the runs, of each figure by itself. */
	figures: Record<string, number>;
	broken: string[];
	doubts: string[];
	remarks: string[];
}

/** Puts the runs together, in the order of the loads and then of the servers. */
export function summarise(samples: Sample[]): Result[] {
	const groups = new Map<string, Sample[]>();
	const loads = [...new Set(samples.map(({ load }) => load))];
	for (const load of loads)
		for (const server of SERVER_NAMES)
			groups.set(
				`${load} ${server}`,
				samples.filter((sample) => sample.load === load && sample.server === server)
			);
	return [...groups.values()]
		.filter((group) => group.length > 0)
		.map((group) => {
			const keys = [...new Set(group.flatMap(({ figures }) => Object.keys(figures)))];
			return {
				load: group[0].load,
				server: group[0].server,
				runs: group.length,
				figures: Object.fromEntries(keys.map((key) => [key, median(group.map(({ figures }) => figures[key] ?? NaN))])),
				broken: brokenOf(group),
				doubts: doubtsOf(group),
				remarks: unique(group.flatMap(({ remarks }) => remarks ?? []))
			};
		});
}

/** The figure with the row's digits; a dash when there is none. */
export function written(row: Row, key: string, figures: Record<string, number>): string {
	const value = figures[key];
	if (value === undefined || Number.isNaN(value)) return '–';
	const digits = row.columns.find((column) => column.key === key)!.digits;
	return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** One failure is enough, however well the other runs went. */
function brokenOf(group: Sample[]): string[] {
	const failed = group.filter(({ broken }) => broken.length > 0);
	return unique(failed.flatMap(({ broken }) => broken)).map((text) =>
		group.length > 1 ? `${text}; broken in ${failed.length} of ${group.length} runs` : text
	);
}

/** A median stands as long as fewer than half of the runs are in doubt. */
function doubtsOf(group: Sample[]): string[] {
	const doubted = group.filter(({ doubts }) => doubts.length > 0);
	return doubted.length * 2 < group.length ? [] : unique(doubted.flatMap(({ doubts }) => doubts));
}

function unique(texts: string[]): string[] {
	return [...new Set(texts)];
}
