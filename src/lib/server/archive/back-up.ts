import { type FileHome, FileMissing, inPieces } from '../files/home.ts';
import type { Sql } from '../sql.ts';
import { writeEntries, type AddEntry } from './entries.ts';
import { CONTENTS, FORMAT, MANIFEST, migrationsOf, PIECES, type Content, type Manifest } from './format.ts';
import { tablesOf, type Table } from './tables.ts';

/** About how large an entry of rows is, and at most how large a piece of bytes. A few of these are in memory at a time. */
const ENTRY_BYTES = 1024 * 1024;
/** A row of this size is an entry of its own. */
const HEAVY_BYTES = ENTRY_BYTES / 4;
const ROWS_PER_ENTRY = 500;
const ROWS_PER_LOOK = 5_000;

/** Adds an entry that the contents will name, with the number of rows in it. */
type AddContent = (name: string, rows: number, bytes: Buffer) => Promise<void>;

/**
 * Writes the whole installation, database and files, into one `.tar.gz`, as of one moment.
 * The archive is rows of JSON, so it restores into any of the three sizes. Answers the number of rows.
 */
export async function backUp(sql: Sql, home: FileHome, file: string, version: string): Promise<number> {
	const contents: Content[] = [];
	await writeEntries(file, (add) =>
		sql.transaction(async (tx) => {
			await tx.query('set transaction isolation level repeatable read');
			const manifest: Manifest = {
				format: FORMAT,
				version,
				createdAt: new Date().toISOString(),
				migrations: await migrationsOf(tx)
			};
			await addJson(add, MANIFEST, manifest);
			const addContent: AddContent = async (name, rows, bytes) =>
				void contents.push({ name, rows, sha256: await add(name, bytes) });
			for (const table of await tablesOf(tx)) if (table.name !== PIECES) await addTable(tx, table, addContent);
			await addFiles(tx, home, addContent);
			await addJson(add, CONTENTS, contents);
		})
	);
	return contents.reduce((sum, { rows }) => sum + rows, 0);
}

/** Files, wherever they are, as the pieces that they are in a database. */
async function addFiles(tx: Sql, home: FileHome, add: AddContent): Promise<void> {
	for (const { id } of await tx.query<{ id: string }>('select id from public.files order by id')) {
		let nth = 0;
		for await (const piece of piecesOf(home, id)) await add(`${PIECES}/${id}/${numbered(nth++)}`, 1, piece);
	}
}

/** One that nobody owned may be swept just now. */
async function* piecesOf(home: FileHome, id: string): AsyncGenerator<Buffer> {
	try {
		yield* inPieces(home.read(id));
	} catch (error) {
		if (!(error instanceof FileMissing)) throw error;
	}
}

function addJson(add: AddEntry, name: string, value: unknown): Promise<string> {
	return add(name, Buffer.from(JSON.stringify(value)));
}

async function addTable(tx: Sql, table: Table, add: AddContent): Promise<void> {
	let count = 0;
	for await (const { places, isHeavy } of partsOf(tx, table)) {
		const part = `${table.name}/${numbered(count++)}`;
		if (isHeavy) for (const column of table.bytes) await addPieces(tx, table, column, places[0], part, add);
		const columns = isHeavy ? table.columns.filter((column) => !table.bytes.includes(column)) : table.columns;
		const rows = await tx.query<{ row: string }>(
			`select to_jsonb(r)::text as row from (select ${columns.map((column) => `"${column}"`).join(', ')} from ${table.name} where ctid = any ($1::text::tid[])) r`,
			[`{${places.join(',')}}`]
		);
		await add(`${part}.json`, rows.length, Buffer.from(`[${rows.map(({ row }) => row).join(',\n')}]`));
	}
}

async function addPieces(tx: Sql, table: Table, column: string, place: string, part: string, add: AddContent): Promise<void> {
	for (let from = 0, piece = 0; ; from += ENTRY_BYTES, piece++) {
		const [{ bytes }] = await tx.query<{ bytes: Uint8Array | null }>(
			`select substring("${column}" from $2::int for $3::int) as bytes from ${table.name} where ctid = any ($1::text::tid[])`,
			[`{${place}}`, from + 1, ENTRY_BYTES]
		);
		if (!bytes || (bytes.length === 0 && piece > 0)) return;
		await add(`${part}/${column}/${numbered(piece)}`, 0, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
		if (bytes.length < ENTRY_BYTES) return;
	}
}

interface Part {
	/** Where its rows are: within one snapshot a row stays where it is. */
	places: string[];
	/** One row with many bytes. */
	isHeavy: boolean;
}

/** The rows of a table in parts that each make an entry. */
async function* partsOf(tx: Sql, table: Table): AsyncGenerator<Part> {
	await tx.query(
		`declare backup_places no scroll cursor for select format('"%s"', t.ctid) as place, ${table.weight} as weight from ${table.name} t`
	);
	let places: string[] = [];
	let bytes = 0;
	for (;;) {
		const rows = await tx.query<{ place: string; weight: number }>(`fetch ${ROWS_PER_LOOK} from backup_places`);
		for (const { place, weight } of rows) {
			if (table.bytes.length > 0 && weight > HEAVY_BYTES) {
				yield { places: [place], isHeavy: true };
				continue;
			}
			if (places.length === ROWS_PER_ENTRY || (places.length > 0 && bytes + weight > ENTRY_BYTES)) {
				yield { places, isHeavy: false };
				[places, bytes] = [[], 0];
			}
			places.push(place);
			bytes += weight;
		}
		if (rows.length === 0) break;
	}
	if (places.length > 0) yield { places, isHeavy: false };
	await tx.query('close backup_places');
}

function numbered(index: number): string {
	return String(index).padStart(6, '0');
}
