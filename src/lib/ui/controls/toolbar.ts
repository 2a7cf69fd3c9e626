/** How far at an edge more than this is hidden, in pixels, for the toolbar to say so. */
const HIDDEN_PX = 4;

/**
 * A toolbar as the keyboard expects it: one stop for Tab, moved by the arrows, Home and End; Escape leaves it. Where it is wider
 * than the screen, `data-more` names the sides on which it goes on: `start`, `end` or `both`.
 */
export function toolbar(element: HTMLElement, { onescape }: { onescape: () => void }) {
	/** Where the person was last. */
	let last: HTMLElement | null = null;

	const controls = () =>
		[...element.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')].filter((each) => each.offsetParent);

	/** Buttons come and go, turn grey and are drawn anew; one of them can always be reached, and no other by Tab. */
	function settle(): void {
		const all = controls();
		const stop = last && all.includes(last) ? last : all[0];
		for (const each of element.querySelectorAll<HTMLElement>('button, a[href]')) {
			const tabindex = each === stop ? '0' : '-1';
			if (each.getAttribute('tabindex') !== tabindex) each.setAttribute('tabindex', tabindex);
		}
		showWhatIsHidden();
	}

	function showWhatIsHidden(): void {
		const start = element.scrollLeft > HIDDEN_PX;
		const end = element.scrollWidth - element.clientWidth - element.scrollLeft > HIDDEN_PX;
		if (start || end) element.dataset.more = start && end ? 'both' : start ? 'start' : 'end';
		else delete element.dataset.more;
	}

	function press(event: KeyboardEvent): void {
		if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		const all = controls();
		const at = all.indexOf(event.target as HTMLElement);
		if (at < 0) return;
		const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
		if (to !== undefined) all[to % all.length].focus();
		else if (event.key === 'Escape') onescape();
		else return;
		event.preventDefault();
	}

	function focused(event: FocusEvent): void {
		if (!(event.target instanceof HTMLElement) || !controls().includes(event.target)) return;
		last = event.target;
		settle();
	}

	const changes = new MutationObserver(settle);
	changes.observe(element, { childList: true, subtree: true, attributeFilter: ['disabled', 'tabindex'] });
	const sizes = new ResizeObserver(settle);
	sizes.observe(element);
	element.addEventListener('keydown', press);
	element.addEventListener('focusin', focused);
	element.addEventListener('scroll', showWhatIsHidden, { passive: true });
	settle();
	return {
		destroy() {
			changes.disconnect();
			sizes.disconnect();
			element.removeEventListener('keydown', press);
			element.removeEventListener('focusin', focused);
			element.removeEventListener('scroll', showWhatIsHidden);
		}
	};
}

/** Gives a toolbar the keyboard, at the control where it was last. */
export function focusToolbar(element: HTMLElement | undefined): void {
	element?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}
