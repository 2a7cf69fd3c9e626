import { tick } from 'svelte';
import type { Action } from 'svelte/action';
import type { ListedDocument } from './documents.ts';

interface Options {
	documents: readonly ListedDocument[];
	rename: (document: ListedDocument) => void;
	trash: (document: ListedDocument) => void;
}

/** Keys on the list: arrows, Home and End go from document to document; F2 renames, Delete throws away the one in focus. */
export const documentListKeys: Action<HTMLElement, Options> = (list, initial) => {
	let options = initial;
	/** Where the focus was when its document was thrown away. */
	let leftAt: number | null = null;

	const visibleLinks = () =>
		[...list.querySelectorAll<HTMLElement>('a[data-document]')].filter((link) => link.offsetParent !== null);

	function onkeydown(event: KeyboardEvent) {
		const link = (event.target as Element).closest<HTMLElement>('a[data-document]');
		if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
		const links = visibleLinks();
		const at = links.indexOf(link);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
		if (to !== undefined) {
			event.preventDefault();
			links[Math.max(0, Math.min(links.length - 1, to))].focus();
			return;
		}
		const document = options.documents.find(({ id }) => id === link.dataset.document);
		if (event.key === 'F2' && document?.canEdit) options.rename(document);
		else if (event.key === 'Delete' && document?.canTrash) {
			leftAt = at;
			options.trash(document);
		} else return;
		event.preventDefault();
	}

	list.addEventListener('keydown', onkeydown);
	return {
		update: (next) => {
			const wentAway = next.documents.length < options.documents.length;
			options = next;
			if (leftAt === null || !wentAway) return;
			const to = leftAt;
			leftAt = null;
			// The neighbour takes the focus, unless it has gone somewhere else meanwhile.
			void tick().then(() => {
				const links = visibleLinks();
				if (window.document.activeElement === window.document.body) links[Math.min(to, links.length - 1)]?.focus();
			});
		},
		destroy: () => list.removeEventListener('keydown', onkeydown)
	};
};
