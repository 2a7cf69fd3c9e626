import { SvelteSet } from 'svelte/reactivity';
import { categoryOf, type Category, type Row } from '$lib/versions/compare/comparison.ts';
import { foldRows, type Fold, type Listed } from '$lib/versions/compare/folded.ts';

/** How both texts stand: beside one another, or one in the other. */
export type Layout = 'columns' | 'inline';

interface Source {
	/** The rows as the page came with them, those that are the same folded. */
	listed: () => readonly Listed[];
	/** Fetches all rows. */
	fetchAll: () => Promise<Row[]>;
}

/** What a page of a comparison shows, and where one is in it. For use while a component is set up. */
export class ComparisonView {
	layout = $state<Layout>('columns');
	/** The kind that is shown alone; null for all. */
	category = $state<Category | null>(null);
	/** The key of the change where one is. */
	current = $state<string | null>(null);
	/** The stretch that is being fetched. */
	opening = $state<string | null>(null);
	readonly #source: Source;
	readonly #opened = new SvelteSet<string>();
	#all = $state.raw<Row[] | null>(null);

	readonly #listed = $derived.by(() => (this.#all ? foldRows(this.#all, this.#opened) : this.#source.listed()));
	/** What is listed, as the filter lets it through. */
	readonly shown: readonly Listed[] = $derived.by(() => {
		const { category } = this;
		return category === null ? this.#listed : this.#listed.filter((one) => 'row' in one && categoryOf(one.row) === category);
	});
	/** The changes among them. */
	readonly changes: readonly Row[] = $derived(
		this.shown.flatMap((one) => ('row' in one && categoryOf(one.row) !== 'same' ? [one.row] : []))
	);
	/** The place of the current one among the changes; -1 for none. */
	readonly place = $derived(this.changes.findIndex((row) => keyOf(row) === this.current));

	constructor(source: Source) {
		this.#source = source;
	}

	/** Goes to the next change, or the one before. */
	step(by: 1 | -1): void {
		const next = this.place < 0 ? (by > 0 ? 0 : this.changes.length - 1) : this.place + by;
		const row = this.changes[next];
		if (row) this.current = keyOf(row);
	}

	/** The place of the current change in what is shown. */
	placeShown(): number {
		return this.shown.findIndex((one) => 'row' in one && keyOf(one.row) === this.current);
	}

	/** Shows a stretch that is the same. @throws what fetching throws */
	async open({ uid }: Fold): Promise<void> {
		this.opening = uid;
		try {
			this.#all ??= await this.#source.fetchAll();
			this.#opened.add(uid);
		} finally {
			this.opening = null;
		}
	}

	/** Another comparison is shown in this page. */
	forget(): void {
		this.#all = null;
		this.#opened.clear();
		this.current = null;
		this.category = null;
	}
}

/** A name of a row that no other has: a uid may be of something else in the earlier text. */
export function keyOf(row: Row): string {
	return `${row.after ? 'after' : 'before'} ${row.uid}`;
}

/** The same of anything listed. */
export function keyOfListed(listed: Listed): string {
	return 'row' in listed ? keyOf(listed.row) : `fold ${listed.fold.uid}`;
}
