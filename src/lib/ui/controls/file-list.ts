/** A file on its way to the server, or there. */
export interface ListedFile {
	id: string;
	name: string;
	/** In bytes. */
	size: number;
	state: 'waiting' | 'sending' | 'sent' | 'failed';
	/** Share sent, 0 to 1, while it is being sent. */
	progress?: number | null;
	/** What is wrong and what to do about it, when it failed. */
	problem?: string;
	/** Where it can be fetched, once it was sent. */
	href?: string;
}
