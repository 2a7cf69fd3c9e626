import { asksForShortcuts } from '../../ui/overlays/shortcuts.ts';

/** What the keys of the page do, wherever the keyboard is. */
export interface KeyActions {
	save: () => void;
	find: () => void;
	replace: () => void;
	jump: () => void;
	reference: () => void;
	footnote: () => void;
	shortcuts: () => void;
	/** The next unfinished place, or the one before. */
	gap: (by: 1 | -1) => void;
	toolbar: () => void;
}

/** Listens on the window: Ctrl F finds in the document even when a panel has the keyboard. */
export function editorKeys(actions: KeyActions): (event: KeyboardEvent) => void {
	return (event) => {
		if (event.defaultPrevented) return;
		const action = actionOf(event, actions);
		if (!action) return;
		event.preventDefault();
		action();
	};
}

function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | null {
	const { code, key, altKey, shiftKey } = event;
	if (!(event.ctrlKey || event.metaKey)) {
		if (key === 'F8' && !altKey) return () => actions.gap(shiftKey ? -1 : 1);
		if (key === 'F10' && altKey && !shiftKey) return actions.toolbar;
		return asksForShortcuts(event) ? actions.shortcuts : null;
	}
	if (altKey) return code === 'KeyF' && !shiftKey ? actions.footnote : null;
	if (shiftKey) return code === 'KeyR' ? actions.reference : null;
	if (key === '/') return actions.shortcuts;
	switch (code) {
		case 'KeyS':
			return actions.save;
		case 'KeyF':
			return actions.find;
		case 'KeyH':
			return actions.replace;
		case 'KeyG':
			return actions.jump;
		default:
			return null;
	}
}
