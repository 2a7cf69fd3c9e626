import { beforeEach, expect, it } from 'vitest';
import { countUnsent, forgetUnsent, keepUnsent, readUnsent, type Unsent } from './unsent.ts';

/** A browser's storage. */
class Kept {
	readonly #items = new Map<string, string>();
	isFull = false;
	get length() {
		return this.#items.size;
	}
	key = (nth: number) => [...this.#items.keys()][nth] ?? null;
	getItem = (name: string) => this.#items.get(name) ?? null;
	removeItem = (name: string) => void this.#items.delete(name);
	setItem(name: string, value: string) {
		if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
		this.#items.set(name, value);
	}
}

const words = (body: string): Unsent => ({
	key: body,
	threadId: null,
	ranges: [],
	number: '',
	body,
	assigneeId: null,
	isSent: false,
	refused: null,
	at: '2026-01-01T00:00:00Z'
});
let storage: Kept;
beforeEach(() => (storage = new Kept()));

it('what was typed and not sent is there after a reload, for the same person and document only', () => {
	keepUnsent('a', '1', [words('Cần nêu rõ'), words('  ')], storage);
	expect(readUnsent('a', '1', storage).map(({ body }) => body)).toEqual(['Cần nêu rõ']);
	expect(readUnsent('b', '1', storage)).toEqual([]);
	expect(readUnsent('a', '2', storage)).toEqual([]);
});

it('nothing is kept once all was sent', () => {
	keepUnsent('a', '1', [words('Cần nêu rõ')], storage);
	keepUnsent('a', '1', [], storage);
	expect(storage.length).toBe(0);
});

it('who signs out is told in how many documents words wait, and only theirs are removed', () => {
	for (const document of ['1', '2']) keepUnsent('a', document, [words('Cần nêu rõ')], storage);
	keepUnsent('b', '1', [words('Khác')], storage);
	expect(countUnsent('a', storage)).toBe(2);
	forgetUnsent('a', storage);
	expect([countUnsent('a', storage), countUnsent('b', storage)]).toEqual([0, 1]);
});

it('a browser that keeps nothing, or something broken, does not stop anybody from writing', () => {
	storage.isFull = true;
	expect(keepUnsent('a', '1', [words('Cần nêu rõ')], storage)).toBe(false);
	storage.isFull = false;
	storage.setItem('plenum:unsent-comments:a:1', '{broken');
	expect(readUnsent('a', '1', storage)).toEqual([]);
});
