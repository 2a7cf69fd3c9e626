import type { Icon } from '../icon.ts';

/** Something that can be picked from a Combobox. */
export interface Choice {
	value: string;
	label: string;
	/** A second, quieter line: an e-mail address, an agency. */
	hint?: string;
	icon?: Icon;
	/** Colour of the agency, shown as a dot. */
	colour?: string | null;
	disabled?: boolean;
}
