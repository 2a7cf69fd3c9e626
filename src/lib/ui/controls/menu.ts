import type { Icon } from '../icon.ts';

/** One line of a menu. */
export interface MenuAction {
	label: string;
	icon?: Icon;
	/** Shown at the right, such as `Ctrl D`. Binding it is the page's business. */
	shortcut?: string;
	/** A second, quieter line: what happens, or why it is not available. */
	hint?: string;
	danger?: boolean;
	disabled?: boolean;
	/** A choice that is on or off; shows a tick and is read as checked. */
	checked?: boolean;
	/** With an address the item is a link. */
	href?: string;
	download?: boolean;
	onselect?: () => void;
}

/** What a menu holds, top to bottom: actions, lines between them, headings over them. */
export type MenuItem = MenuAction | 'separator' | { heading: string };
