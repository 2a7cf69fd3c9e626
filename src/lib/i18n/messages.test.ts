import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const src = resolve(here, '../..');
const folder = join(here, 'messages');
const domains = readdirSync(folder)
	.filter((file) => file.endsWith('.vi.json'))
	.map((file) => file.slice(0, -'.vi.json'.length));

describe.each(domains)('messages of %s', (domain) => {
	const vi = read(domain, 'vi');
	const en = read(domain, 'en');

	test('exist in both languages', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
	});

	test('take the same placeholders in both languages', () => {
		const differing = Object.keys(vi).filter((key) => key in en && placeholders(vi[key]) !== placeholders(en[key]));
		expect(differing).toEqual([]);
	});

	test('are never empty and carry their domain in the key', () => {
		const bad = [...Object.entries(vi), ...Object.entries(en)].filter(
			([key, value]) => texts(value).some((text) => !text.trim()) || !key.startsWith(`${domain}_`)
		);
		expect(bad).toEqual([]);
	});

	test('are stored composed (NFC)', () => {
		const bad = [...Object.entries(vi), ...Object.entries(en)].filter(([, value]) =>
			texts(value).some((text) => text !== text.normalize('NFC'))
		);
		expect(bad).toEqual([]);
	});
});

test('every file of messages is compiled', () => {
	const settings = JSON.parse(readFileSync(resolve(src, '../project.inlang/settings.json'), 'utf8')) as Record<
		string,
		{ pathPattern: string[] }
	>;
	const compiled = settings['plugin.inlang.messageFormat'].pathPattern.map((pattern) => basename(pattern));
	expect(compiled.sort()).toEqual(domains.map((domain) => `${domain}.{locale}.json`).sort());
});

test('every message that the sources use exists, and every message is used', () => {
	const known = new Set(domains.flatMap((domain) => Object.keys(read(domain, 'vi'))));
	const used = new Set<string>();
	// Only our domains: SQL, too, likes to call a table `m`.
	const usage = new RegExp(`\\bm\\.((?:${domains.join('|')})_[a-z0-9_]+)\\b`, 'g');
	for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
		if (!/\.(svelte|ts)$/.test(file) || file.includes('paraglide/') || file.endsWith('messages.test.ts')) continue;
		const source = readFileSync(join(src, file), 'utf8');
		for (const key of known) if (source.includes(`'${key}'`)) used.add(key); // refusals name their sentence
		if (!source.includes('paraglide/messages.js')) continue;
		for (const [, key] of source.matchAll(usage)) used.add(key);
	}
	expect([...used.difference(known)], 'used, but not there').toEqual([]);
	expect([...known.difference(used)], 'there, but used nowhere').toEqual([]);
});

function read(domain: string, locale: string): Record<string, unknown> {
	const { $schema: _, ...messages } = JSON.parse(readFileSync(join(folder, `${domain}.${locale}.json`), 'utf8'));
	return messages;
}

/** A message is a sentence, or a list of variants whose sentences are in `match`. */
function texts(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	return (message as { match: Record<string, string> }[]).flatMap((variant) => Object.values(variant.match));
}

function placeholders(message: unknown): string {
	const names = texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
	return [...new Set(names)].sort().join(' ');
}
