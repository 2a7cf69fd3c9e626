import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';
import { ComparedName } from './compared.ts';

/** What people and programs send about comparisons. */

const COMPARISON_FORMATS = ['json', 'docx', 'html'] as const;

/** Which comparison, as what. `rows=changes` leaves out what is the same. */
export const CompareQuery = v.object({
	before: ComparedName,
	after: ComparedName,
	format: v.optional(v.picklist(COMPARISON_FORMATS), 'json'),
	/** How it is set as a Word file: as a table, as one with the explanations, or as a text with Word's own revisions. */
	as: v.optional(v.picklist(['table', 'explained', 'revisions']), 'table'),
	rows: v.optional(v.picklist(['all', 'changes']), 'all')
});

/** Both texts, by name. */
export const PairQuery = v.object({ before: ComparedName, after: ComparedName });

/** Why one row of a comparison was changed; '' takes the explanation back. */
export const Explaining = v.object({
	...PairQuery.entries,
	uid: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	text: v.pipe(
		v.string(),
		v.normalize('NFC'),
		v.maxLength(5000, () => m.versions_explain_error_long())
	)
});
