const TYPING =
	'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether this key asks what the keys do: `?`, where it is not a letter of what somebody types. */
export function asksForShortcuts(event: KeyboardEvent): boolean {
	if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
	return !(event.target instanceof Element && event.target.closest(TYPING));
}
