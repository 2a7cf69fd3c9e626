import type { CamelKeys } from '../base/camel-keys.ts';
import type { Row } from '../server/client.ts';

/**
 * Somebody from outside who is invited to documents of a workspace, for whom they speak (`organisation`) and what the reader may do about them; no
 * `email` where it is not for the reader.
 */
export type Guest = CamelKeys<Row<'guest_list'>> & {
	/** To how many documents that the reader sees they are invited. */
	documentCount: number;
};
