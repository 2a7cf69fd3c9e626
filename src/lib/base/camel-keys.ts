type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

/** A row with its columns named as pages and programs name them. */
export type CamelKeys<Row> = { [Column in keyof Row as Camel<Column & string>]: Row[Column] };

/** A row of the database as it leaves its domain, for pages and /api: `full_name` is `fullName`. What is inside the columns stays as it is. */
export function camelKeys<Row extends object>(row: Row): CamelKeys<Row> {
	const named = Object.entries(row).map(([column, value]) => [
		column.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
		value
	]);
	return Object.fromEntries(named) as CamelKeys<Row>;
}
