import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');
const LIB = join(SRC, 'lib');

/** What each domain folder of src/lib may import (design: arrows point one way); routes and the process entries may import all of it. */
const MAY_IMPORT: Record<string, string[]> = {
	base: [],
	i18n: ['base'],
	server: ['base', 'i18n'],
	text: ['base'],
	ui: ['base', 'i18n'],
	accounts: ['base', 'i18n', 'server', 'ui'],
	live: ['base', 'i18n', 'server', 'ui', 'accounts'],
	notices: ['base', 'i18n', 'server', 'ui', 'accounts', 'live'],
	documents: ['base', 'i18n', 'server', 'text', 'ui', 'accounts', 'live', 'notices', 'exports'],
	collab: ['base', 'i18n', 'server', 'text', 'ui', 'accounts', 'live', 'documents'],
	versions: ['base', 'i18n', 'server', 'text', 'ui', 'accounts', 'live', 'documents', 'collab', 'exports'],
	comments: ['base', 'i18n', 'server', 'text', 'ui', 'accounts', 'live', 'notices', 'documents', 'collab', 'versions', 'exports'],
	exports: ['base', 'i18n', 'text', 'documents']
};
const FORBIDDEN_NAMES = /^(utils?|helpers?|components|stores|types)$/;
/** The upward looks: the shape of the process's singletons, as types. */
const EXCEPTIONS = new Set([
	'server/app.ts → collab',
	'server/app.ts → comments',
	'server/app.ts → documents',
	'server/app.ts → versions'
]);

interface Import {
	from: string;
	domain: string;
	specifier: string;
	target: string | null;
	isType: boolean;
}

const files = walk(SRC).filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('/paraglide/'));
const imports = files.flatMap(importsOf);

describe('the architecture', () => {
	test('every folder of src/lib is a domain of the design', () => {
		expect(
			readdirSync(LIB)
				.filter((name) => statSync(join(LIB, name)).isDirectory())
				.filter((name) => !(name in MAY_IMPORT))
		).toEqual([]);
	});

	test('no folder is named for a kind of code instead of an idea', () => {
		const folders = walkFolders(SRC).map((folder) => folder.split('/').at(-1)!);
		expect(folders.filter((name) => FORBIDDEN_NAMES.test(name))).toEqual([]);
	});

	test('imports between domains point one way', () => {
		const upward = imports
			.filter(({ domain, target }) => domain && target && domain !== target && !MAY_IMPORT[domain]?.includes(target))
			.filter(({ from, target, isType }) => !(isType && EXCEPTIONS.has(`${relative(LIB, from)} → ${target}`)))
			.map(({ from, specifier }) => `${relative(SRC, from)} imports ${specifier}`);
		expect(upward).toEqual([]);
	});

	test('exports know of documents how they are built, and nothing of who asks for them', () => {
		const wrong = imports
			.filter(({ domain, from }) => domain === 'exports' && !from.endsWith('.test.ts'))
			.filter(({ specifier }) => /documents\//.test(specifier) && !/documents\/(schema|numbering|references)\//.test(specifier));
		expect(wrong.map(({ from, specifier }) => `${relative(SRC, from)} imports ${specifier}`)).toEqual([]);
	});

	test('nothing in src/lib imports routes or a process entry', () => {
		const wrong = imports.filter(
			({ domain, specifier, from }) => domain && !from.endsWith('.test.ts') && leavesLib(from, specifier)
		);
		expect(wrong.map(({ from, specifier }) => `${relative(SRC, from)} imports ${specifier}`)).toEqual([]);
	});

	test('the sync engine knows nothing of SvelteKit', () => {
		const wrong = imports.filter(({ domain, specifier }) => domain === 'collab' && /^\$(app|env)\//.test(specifier));
		expect(wrong.map(({ from }) => relative(SRC, from))).toEqual([]);
	});

	test('code that reaches the browser imports no server module', () => {
		const wrong = imports.filter(
			({ from, specifier, isType }) =>
				!isType && isBrowserCode(from) && (/\.server(\.ts)?$/.test(specifier) || /lib\/server\//.test(specifier))
		);
		expect(wrong.map(({ from, specifier }) => `${relative(SRC, from)} imports ${specifier}`)).toEqual([]);
	});

	test('what runs in a thread is where its callers say, and runs nowhere else', () => {
		const calls = files.flatMap((file) =>
			[...readFileSync(file, 'utf8').matchAll(/\binThread<typeof (\w+)>\('([^']+)', '(\w+)'/g)].map(([, type, module, name]) => ({
				type,
				module,
				name
			}))
		);
		expect(calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['exportUpdates', 'indexEntryOfUpdates', 'readImport']));
		for (const { type, module, name } of calls) {
			expect(type, module).toBe(name);
			expect(readFileSync(join(LIB, module), 'utf8')).toMatch(new RegExp(`^export (async )?function ${name}\\b`, 'm'));
			const used = new RegExp(`^import \\{[^}]*(?<!type )\\b${name}\\b[^}]*\\}`, 'm');
			expect(
				files
					.filter((file) => !file.endsWith('.test.ts') && used.test(readFileSync(file, 'utf8')))
					.map((file) => relative(SRC, file)),
				`imports of ${name}`
			).toEqual([]);
		}
	});

	test('the documents of texts are made by newDoc, which encodes many of them quickly', () => {
		const makes = files.filter((file) => !file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('new Y.Doc('));
		// Bodies of version 1 have one root type.
		expect(makes.map((file) => relative(LIB, file)).sort()).toEqual(['documents/schema/body-v1.ts', 'text/new-doc.ts']);
	});

	test('nothing of ours prints to the console: what the process has to say goes through the log', () => {
		const printing = files.filter((file) => !file.endsWith('.test.ts') && /\bconsole\.\w+\(/.test(readFileSync(file, 'utf8')));
		expect(printing.map((file) => relative(SRC, file))).toEqual([]);
	});

	test('what a page shows is loaded anew by lookAgain, which waits for the navigation under way', () => {
		const own = files
			.filter((file) => /\binvalidate(All)?\(/.test(readFileSync(file, 'utf8')))
			.map((file) => relative(SRC, file));
		expect(own).toEqual(['lib/ui/frame/page-data.ts']);
	});

	test('messages are compiled before a process starts whose modules import them: a fresh checkout has none', () => {
		const { scripts } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')) as { scripts: Record<string, string> };
		const starting = Object.entries(scripts).flatMap(([name, command]) => {
			const entry = /\bsrc\/([\w-]+\.ts)\b/.exec(command)?.[1];
			return entry && needsMessages(join(SRC, entry)) ? [name] : [];
		});
		expect(starting).toEqual(['start', 'dev', 'sample']);
		for (const name of starting) expect(scripts[`pre${name}`], name).toBe('node src/lib/i18n/compile.ts');
	});

	test('only the backend folder knows @supabase/lite', () => {
		const wrong = imports
			.filter(({ from, specifier }) => specifier.startsWith('@supabase/lite') && !from.endsWith('.test.ts'))
			.map(({ from }) => relative(LIB, from));
		expect([...new Set(wrong)]).toEqual(['server/backend/lite.ts']);
	});
});

function importsOf(file: string): Import[] {
	const text = readFileSync(file, 'utf8');
	const domain = file.startsWith(LIB) ? relative(LIB, file).split('/')[0] : '';
	const found = [
		...text.matchAll(
			/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g
		)
	];
	return found.map((match) => {
		const specifier = match[2] ?? match[3] ?? match[4];
		return { from: file, domain, specifier, target: domainOf(file, specifier), isType: Boolean(match[1]) };
	});
}

/** Whether what a file imports, however far, has compiled messages in it. */
function needsMessages(entry: string): boolean {
	const seen = new Set([entry]);
	for (const file of seen) {
		for (const { specifier, isType } of imports.filter(({ from }) => from === file)) {
			if (isType) continue;
			if (specifier.includes('/paraglide/')) return true;
			if (specifier.startsWith('.')) seen.add(resolve(dirname(file), specifier));
		}
	}
	return false;
}

function domainOf(file: string, specifier: string): string | null {
	const path = specifier.startsWith('$lib/')
		? join(LIB, specifier.slice(5))
		: specifier.startsWith('.')
			? resolve(dirname(file), specifier)
			: null;
	return path?.startsWith(`${LIB}/`) ? relative(LIB, path).split('/')[0] : null;
}

function leavesLib(file: string, specifier: string): boolean {
	if (!specifier.startsWith('.')) return false;
	return !resolve(dirname(file), specifier).startsWith(LIB);
}

function isBrowserCode(file: string): boolean {
	return file.endsWith('.svelte') || file.endsWith('.svelte.ts') || /\+(page|layout)\.ts$/.test(file);
}

function walk(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]
	);
}

function walkFolders(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap((entry) => [join(folder, entry.name), ...walkFolders(join(folder, entry.name))]);
}
