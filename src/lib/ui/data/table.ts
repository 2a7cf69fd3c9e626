/** A column of a Table. `Key` is also what sorting is called by. */
export interface Column<Key extends string = string> {
	key: Key;
	label: string;
	/** Hides the words of the heading (they are still read aloud): for the column of menus. */
	hideLabel?: boolean;
	align?: 'start' | 'end';
	/** Any CSS width; the rest is shared. */
	width?: string;
	sortable?: boolean;
	/** Narrower than this the column is left out: sm 640, md 768, lg 1024 pixels. */
	from?: 'sm' | 'md' | 'lg';
}

const FROM = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden' };

/** Classes of the cells of a column, its heading among them. */
export function columnClass({ from, align }: Column): (string | false | undefined)[] {
	return [from && FROM[from], align === 'end' && 'text-right'];
}

export interface Sort<Key extends string = string> {
	key: Key;
	direction: 'ascending' | 'descending';
}

/** What a click on a heading asks for: the same column turns round, another one starts ascending. */
export function nextSort<Key extends string>(current: Sort<Key> | null | undefined, key: Key): Sort<Key> {
	const ascending = current?.key === key && current.direction === 'ascending';
	return { key, direction: ascending ? 'descending' : 'ascending' };
}
