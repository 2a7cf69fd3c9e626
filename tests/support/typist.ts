/**
 * A person without a screen: the application's own client and editor on one document, driven by a test (`new Typist`) or,
 * as a program, by lines of JSON. It reads one command a line and answers each with one line; empty lines are passed over.
 *
 *     node tests/support/typist.ts --url http://localhost:3000 --token TOKEN --document ID
 *     {"do": "type", "block": 2, "at": 8, "text": "…"}   →   {"ok": true, "revision": 3}
 *
 * | do | fields (`?` may be absent) | what |
 * |---|---|---|
 * | type | block, at?, text | types; `at` counts letters, and is the end when absent |
 * | mark, unmark | block, from?, to?, mark | bold, italic, underline, strike, superscript or subscript; the whole block when absent |
 * | delete | block, from?, to?, toBlock? | letters, also across blocks |
 * | deleteBlock | block | |
 * | split | block, at? | Enter; answers the `uid` of the block it made, or null |
 * | join | block | to the one above |
 * | move | block, before | with all that belongs to it, in front of another block; `before` null: to the end |
 * | levelUp, levelDown | block | Shift-Tab and Tab |
 * | setLevel | block, level | part, chapter, section, subsection, article, clause, point or indent |
 * | setKind | block, kind | provision, paragraph, legalBasis, enactingLine or appendix |
 * | footnote | block, at?, text | |
 * | hardBreak | block, at? | |
 * | insertTable | block, rows, columns | behind the block; answers the `uid` of the table |
 * | addRow | block, row?, side? | `side` before or after (usual) a row; after the last when `row` is absent |
 * | addColumn | block, column?, side? | the same |
 * | typeInCell | block, row, column, text, at?, line? | rows, columns and lines count from 0 |
 * | undo, redo | | each command is undone by itself |
 * | offline, online | | cuts the network; restores it and waits until everything is saved |
 * | saved | | answers when everything is acknowledged by the server |
 * | state | | answers `state` (saved, saving, offline …), `role`, `pending` (edits not acknowledged) |
 * | outline | | answers `blocks`: uid, kind, level and text of each, and the cells of tables |
 * | read | | answers `document`, as JSON |
 *
 * A block is named by its uid or by its number in the outline, from 0; lines of lists and recipients count each. The answer
 * is `{"ok": true, "revision": …}` with what is said above (`revision` counts the changes that this typist has seen, its own
 * and others') or `{"ok": false, "message": "…"}`; a command that is not understood changes nothing. At the end of input it
 * waits until everything is saved and leaves: exit code 1 when that failed, 2 when it was started wrongly.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Typist } from './headless-typist.ts';

export { Typist };

/** The fields of each command; with a method of the same name. */
const COMMANDS = {
	type: ['block', 'at', 'text'],
	mark: ['block', 'from', 'to', 'mark'],
	unmark: ['block', 'from', 'to', 'mark'],
	delete: ['block', 'from', 'to', 'toBlock'],
	deleteBlock: ['block'],
	split: ['block', 'at'],
	join: ['block'],
	move: ['block', 'before'],
	levelUp: ['block'],
	levelDown: ['block'],
	setLevel: ['block', 'level'],
	setKind: ['block', 'kind'],
	footnote: ['block', 'at', 'text'],
	hardBreak: ['block', 'at'],
	insertTable: ['block', 'rows', 'columns'],
	addRow: ['block', 'row', 'side'],
	addColumn: ['block', 'column', 'side'],
	typeInCell: ['block', 'row', 'column', 'text', 'at', 'line'],
	undo: [],
	redo: [],
	offline: [],
	online: [],
	saved: []
} satisfies { [Name in keyof Typist]?: string[] };

/** What is answered to commands that only ask. */
const QUESTIONS: Record<string, (typist: Typist) => object> = {
	read: (typist) => ({ document: typist.read() }),
	outline: (typist) => ({ blocks: typist.outline() }),
	state: (typist) => typist.state
};

async function obey(typist: Typist, line: string): Promise<object> {
	const { do: name, ...fields } = commandIn(line);
	const isQuestion = Object.hasOwn(QUESTIONS, name);
	const isCommand = Object.hasOwn(COMMANDS, name);
	const fieldsKnown: readonly string[] = isCommand ? COMMANDS[name as keyof typeof COMMANDS] : [];
	if (!isQuestion && !isCommand)
		throw new RangeError(
			`no command is called ${name}; there are ${[...Object.keys(COMMANDS), ...Object.keys(QUESTIONS)].join(', ')}`
		);
	const unknown = Object.keys(fields).find((field) => !fieldsKnown.includes(field));
	if (unknown !== undefined) throw new RangeError(`${name} has no field ${unknown}; it has ${fieldsKnown.join(', ') || 'none'}`);
	if (fieldsKnown[0] === 'block' && fields.block === undefined) throw new RangeError(`${name} needs a block`);
	await typist.ready;
	if (isQuestion) return QUESTIONS[name](typist);
	const uid = await (typist[name as keyof typeof COMMANDS] as (fields: object) => unknown)(fields);
	return uid === undefined ? {} : { uid };
}

function commandIn(line: string): { do: string } & Record<string, unknown> {
	let command: unknown;
	try {
		command = JSON.parse(line);
	} catch {
		throw new SyntaxError(`not JSON: ${line.slice(0, 80)}`);
	}
	if (typeof (command as { do?: unknown } | null)?.do !== 'string')
		throw new SyntaxError('a command is an object with the name of what to do in "do"');
	return command as { do: string };
}

async function answer(typist: Typist, line: string): Promise<object> {
	try {
		const said = await obey(typist, line);
		return { ok: true, revision: typist.revision, ...said };
	} catch (error) {
		return { ok: false, message: (error as Error).message };
	}
}

/** Answers the exit code. */
async function run(): Promise<number> {
	const { url, token, document } = argumentsGiven();
	if (!url || !token || !document) {
		process.stderr.write('usage: node tests/support/typist.ts --url http://HOST --token TOKEN --document ID\n');
		return 2;
	}
	const typist = new Typist({ url, token, documentId: document });
	for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
		if (line.trim() !== '') process.stdout.write(`${JSON.stringify(await answer(typist, line))}\n`);
	}
	try {
		await typist.ready;
		await typist.saved();
		return 0;
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n`);
		return 1;
	} finally {
		await typist.close();
	}
}

function argumentsGiven(): { url?: string; token?: string; document?: string } {
	try {
		return parseArgs({ options: { url: { type: 'string' }, token: { type: 'string' }, document: { type: 'string' } } }).values;
	} catch {
		return {};
	}
}

if (import.meta.main) process.exitCode = await run();
