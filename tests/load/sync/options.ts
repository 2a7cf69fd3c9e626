import { parseArgs } from 'node:util';
import { SERVER_NAMES, type ServerName } from './servers.ts';

export interface BenchOptions {
	rows: string[];
	servers: ServerName[];
	/** Only loads whose name contains one of these; empty means all. */
	loads: string[];
	runs: number;
	seconds: number;
	markdown: boolean;
	profile: boolean;
}

const USAGE = `npm run bench:sync -- [options]
  --rows a,b       which rows (all: ROWS)
  --servers a,b    which servers (all: ${SERVER_NAMES.join(', ')})
  --loads text,…   only loads whose name contains one of these
  --runs n         runs of each, of which the median is shown (3)
  --seconds s      length of a measured window (2)
  --profile        leave a CPU profile of each server in test-results/profiles (slows them all)
  --markdown       also write the tables into docs/performance.md
`;

/** Reads the command line; prints how to use it and ends the process when it makes no sense. */
export function readOptions(rowNames: string[]): BenchOptions {
	const usage = USAGE.replace('ROWS', rowNames.join(', '));
	try {
		const { values } = parseArgs({
			options: {
				rows: { type: 'string' },
				servers: { type: 'string' },
				loads: { type: 'string' },
				runs: { type: 'string', default: '3' },
				seconds: { type: 'string', default: '2' },
				markdown: { type: 'boolean', default: false },
				profile: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false }
			}
		});
		if (values.help) end(usage, 0);
		return {
			rows: chosen(values.rows, rowNames),
			servers: chosen(values.servers, SERVER_NAMES),
			loads: values.loads?.split(',') ?? [],
			runs: positive(values.runs),
			seconds: positive(values.seconds),
			markdown: values.markdown,
			profile: values.profile
		};
	} catch (error) {
		return end(`${(error as Error).message}\n\n${usage}`, 2);
	}
}

function chosen<T extends string>(given: string | undefined, known: T[]): T[] {
	if (given === undefined) return known;
	const names = given.split(',');
	const unknown = names.find((name) => !known.includes(name as T));
	if (unknown !== undefined) throw new Error(`unknown: ${unknown}`);
	return known.filter((name) => names.includes(name));
}

function positive(text: string): number {
	const number = Number(text);
	if (!(number > 0)) throw new Error(`not a positive number: ${text}`);
	return number;
}

function end(text: string, code: number): never {
	process.stdout.write(text);
	process.exit(code);
}
