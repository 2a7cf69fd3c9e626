import type { Icon } from '../icon.ts';

/** A place in the rail of the AppShell. */
export interface Place {
	href: string;
	label: string;
	icon: Icon;
	/** Whether the page shown belongs to it. */
	current: boolean;
	/** Stands at the foot of the rail: settings, account. */
	foot?: boolean;
}
