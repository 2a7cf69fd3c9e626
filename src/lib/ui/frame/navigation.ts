import type { Icon } from '../icon.ts';

/** A place in the rail of the AppShell. */
export interface Place {
	href: string;
	/** Short: the rail shows it below the picture. */
	label: string;
	icon: Icon;
	/** Whether the page shown belongs to it. */
	current: boolean;
	/** How much waits there; a badge shows it, unless it is nothing. */
	count?: number;
	/** The same in words, for screen readers. */
	countLabel?: string;
	/** Stands at the foot of the rail: settings, account. */
	foot?: boolean;
}
