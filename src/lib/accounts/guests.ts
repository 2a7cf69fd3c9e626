/** Somebody from outside who is invited to documents of a workspace, with what the reader may do about them. */
export interface Guest {
	person_id: string;
	full_name: string;
	/** For whom they speak. */
	organisation: string;
	/** Null where it is not for the reader. */
	email: string | null;
	/** To how many documents that the reader sees they are invited. */
	document_count: number;
	can_remove: boolean;
}
