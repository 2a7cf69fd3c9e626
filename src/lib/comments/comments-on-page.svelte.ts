import { untrack } from 'svelte';
import { page } from '$app/state';
import type { EditorSession } from '../documents/editor/editor-session.svelte.ts';
import { CommentSession } from './comment-session.svelte.ts';

/** What a page shows. */
interface Shown {
	documentId: string;
	personId: string;
	/** Null until the text is there. */
	session: EditorSession | null;
}

/**
 * The comments on the document of a page, once its text is shown; null before. A link to a thread (`?thread=`) leads to it.
 * For a component's initialisation; they end with the component.
 */
export function commentsOnPage(of: () => Shown): { readonly current: CommentSession | null } {
	let current = $state.raw<CommentSession | null>(null);
	const session = $derived(of().session?.editor ? of().session : null);
	// Derived, since what is typed into a new thread does not change what it is about.
	const chosen = $derived(current?.threads.outgoing.newThread?.ranges);

	$effect(() => {
		const text = session;
		if (!text) return;
		const made = untrack(() => new CommentSession(of().documentId, of().personId, text));
		const stop = made.start();
		void made.threads.load().then(() => {
			const asked = page.url.searchParams.get('thread');
			if (asked) made.select(asked, { reveal: true });
		});
		current = made;
		return () => {
			stop();
			current = null;
		};
	});

	// Where threads stand is looked at anew with the outline, and when what is said has changed.
	$effect(() => {
		if (!current) return;
		void [session?.digest, current.threads.all, chosen];
		const { places } = current;
		untrack(() => places.look());
	});

	// Which of them is chosen changes how it is marked, not where it stands.
	$effect(() => {
		void current?.threads.active;
		current?.session.layerChanged();
	});

	return {
		get current() {
			return current;
		}
	};
}
