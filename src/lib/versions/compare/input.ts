import * as v from 'valibot';
import { ComparedName } from './compared.ts';

/** What people and programs send about comparisons. */

const COMPARISON_FORMATS = ['json', 'docx', 'html'] as const;

/** Which comparison, as what. `rows=changes` leaves out what is the same. */
export const CompareQuery = v.object({
	before: ComparedName,
	after: ComparedName,
	format: v.optional(v.picklist(COMPARISON_FORMATS), 'json'),
	rows: v.optional(v.picklist(['all', 'changes']), 'all')
});
