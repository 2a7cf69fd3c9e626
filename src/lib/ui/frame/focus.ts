/** What takes the keyboard for a while and gives it back. */
const PASSING = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

let last: HTMLElement | null = null;

/** Remembers where on the page the keyboard is. For the frame of all pages; answers what ends it. */
export function watchFocus(): () => void {
	const remember = ({ target }: FocusEvent) => {
		if (target instanceof HTMLElement && target !== document.body && !target.closest(PASSING)) last = target;
	};
	document.addEventListener('focusin', remember);
	return () => document.removeEventListener('focusin', remember);
}

/** Puts the keyboard back where it was on the page, else at the page's content, when it is nowhere. */
function rescueFocus(): void {
	if (document.activeElement && document.activeElement !== document.body) return;
	const place = last?.isConnected && last.checkVisibility() ? last : document.getElementById('content');
	place?.focus({ preventScroll: true });
}

/** The same once what is closing has gone: what opened a dialog, an entry of a menu, is often gone by then. */
export function rescueFocusSoon(): void {
	requestAnimationFrame(() => requestAnimationFrame(rescueFocus));
}

/** A page that was just opened is read from its content on, unless it has put the keyboard somewhere itself. */
export function focusContent(): void {
	if (document.activeElement && document.activeElement !== document.body) return;
	document.getElementById('content')?.focus({ preventScroll: true });
}
