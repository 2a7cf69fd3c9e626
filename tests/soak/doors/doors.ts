import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way into the process: how it is called, with `[name]` where an id stands. */
export interface Door {
	method: string;
	path: string;
}

const ROOT = join(import.meta.dirname, '../../..');
const AUTH = ['token?grant_type=password', 'token?grant_type=refresh_token', 'token', 'logout', 'signup', 'user'];

/** Every address that takes something: routes, actions of pages, auth, tables and functions of the data API, read from the sources. */
export function findDoors(): Door[] {
	const routes = walk(join(ROOT, 'src/routes')).flatMap((file) => {
		const source = readFileSync(file, 'utf8');
		const path = addressOf(file);
		if (file.endsWith('+server.ts'))
			return [...source.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(([, method]) => ({ method, path }));
		if (!/\bactions\b/.test(source)) return [];
		return ['', ...[...source.matchAll(/^\t(?!default)(\w+): async/gm)].map(([, name]) => `?/${name}`)].map((action) => ({
			method: 'POST',
			path: path + action
		}));
	});
	const migrations = walk(join(ROOT, 'supabase/migrations'))
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const names = (pattern: RegExp) => [...new Set([...migrations.matchAll(pattern)].map(([, name]) => name))];
	const functions = names(/create (?:or replace )?function public\.(\w+)/g).map((name) => ({
		method: 'POST',
		path: `/rest/v1/rpc/${name}`
	}));
	const tables = names(/create (?:table|view) public\.(\w+)/g).flatMap((name) =>
		['POST', 'PATCH'].map((method) => ({ method, path: `/rest/v1/${name}` }))
	);
	const auth = AUTH.map((path) => ({ method: 'POST', path: `/auth/v1/${path}` }));
	return [...routes, ...functions, ...tables, ...auth];
}

/** The names and types of a function's arguments, so that some calls get past the first look. */
export function argumentsOf(path: string): string[] {
	const name = path.split('/rpc/')[1];
	if (!name) return [];
	const migrations = walk(join(ROOT, 'supabase/migrations'))
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const [, list = ''] = new RegExp(`function public\\.${name}\\(([^)]*)\\)`).exec(migrations) ?? [];
	return list
		.split(',')
		.map((argument) => argument.trim().split(' ')[0])
		.filter(Boolean);
}

function addressOf(file: string): string {
	const folders = file.slice(join(ROOT, 'src/routes').length).split('/').slice(1, -1);
	return `/${folders.filter((folder) => !folder.startsWith('(')).join('/')}`;
}

function walk(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return walk(path);
		return /(\+server|\+page\.server)\.ts$|\.sql$/.test(entry.name) ? [path] : [];
	});
}
