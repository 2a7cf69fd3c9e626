import type { Category } from '$lib/versions/compare/comparison.ts';

/** The colour of each kind of change; a word always stands beside it. */
export const DOTS: Record<Category, string> = {
	changed: 'bg-gold-mark',
	new: 'bg-green',
	deleted: 'bg-red',
	moved: 'bg-blue',
	split: 'bg-violet',
	joined: 'bg-violet',
	renumbered: 'bg-ink-faint',
	same: 'bg-line-strong'
};

export const INKS: Record<Category, string> = {
	changed: 'text-gold',
	new: 'text-green',
	deleted: 'text-red',
	moved: 'text-blue',
	split: 'text-violet',
	joined: 'text-violet',
	renumbered: 'text-ink-soft',
	same: 'text-ink-faint'
};

/** In the order of the figures. */
export const SHOWN: readonly Category[] = ['changed', 'moved', 'new', 'split', 'deleted', 'joined', 'renumbered'];
