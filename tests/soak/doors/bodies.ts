export type Random = () => number;

/** A body and the type that it claims to be. */
export interface Body {
	type: string;
	text: string;
}

const WORDS = [
	'',
	'a',
	'ế',
	'Ủy ban',
	'\0',
	'\ud800',
	'%00',
	"';--",
	'../',
	'{}',
	'-1',
	'1e400',
	'9'.repeat(40),
	'null',
	'true',
	'<b>'
];
const KINDS = [object, list, nested, form, multipart, words, claimed];

/** A body of about so many bytes, of any kind, whose fields are named `names` where that is possible. */
export function bodyOf(random: Random, bytes: number, names: readonly string[]): Body {
	return pick(random, KINDS)(random, bytes, names.length > 0 ? names : ['email', 'title', 'file']);
}

export function pick<T>(random: Random, all: readonly T[]): T {
	return all[Math.floor(random() * all.length)];
}

function object(random: Random, bytes: number, names: readonly string[]): Body {
	const value = () => (random() < 0.3 ? pick(random, [null, 0, -1, true, [], {}, ['x']]) : long(random, bytes / names.length));
	return json(Object.fromEntries(names.map((name) => [name, value()])));
}

function list(random: Random, bytes: number): Body {
	const word = pick(random, WORDS);
	return json(Array.from({ length: bytes / (word.length + 3) }, () => word));
}

function nested(random: Random, bytes: number): Body {
	const [open, close] = pick(random, [
		['[', ']'],
		['{"a":', '}']
	]);
	const depth = Math.floor(bytes / (open.length + close.length));
	return { type: 'application/json', text: `${open.repeat(depth)}1${close.repeat(depth)}` };
}

function form(random: Random, bytes: number, names: readonly string[]): Body {
	const type = 'application/x-www-form-urlencoded';
	if (random() < 0.5) return { type, text: 'a&'.repeat(bytes / 2) };
	return {
		type,
		text: names.map((name) => `${name}=${encodeURIComponent(long(random, bytes / names.length / 3).toWellFormed())}`).join('&')
	};
}

function multipart(random: Random, bytes: number, names: readonly string[]): Body {
	const type = 'multipart/form-data; boundary=b';
	const part = (name: string, text: string) =>
		`--b\r\nContent-Disposition: form-data; name="${name}"${name === 'file' ? '; filename="a.txt"' : ''}\r\n\r\n${text}\r\n`;
	if (random() < 0.3) return { type, text: `${part('a', '').repeat(bytes / 55)}--b--` };
	const parts = [...names, 'profile'].map((name) => part(name, name === 'profile' ? 'nd30' : long(random, bytes / names.length)));
	return { type, text: parts.join('') + (random() < 0.8 ? '--b--' : '') };
}

function words(random: Random, bytes: number): Body {
	return { type: pick(random, ['text/plain', 'application/octet-stream', 'text/html']), text: long(random, bytes) };
}

/** Says that it is something else than it is. */
function claimed(random: Random, bytes: number, names: readonly string[]): Body {
	const { text } = pick(random, [object, list, form])(random, bytes, names);
	return { type: pick(random, ['application/json', 'multipart/form-data', 'multipart/form-data; boundary=', 'x']), text };
}

function long(random: Random, bytes: number): string {
	const unit = random() < 0.5 ? `${pick(random, WORDS)} ` : `Điều ${Math.floor(random() * 1000)}. Một dòng\n`;
	return unit.repeat(Math.max(1, bytes / (unit.length * 1.5)));
}

function json(value: unknown): Body {
	return { type: 'application/json', text: JSON.stringify(value) };
}
