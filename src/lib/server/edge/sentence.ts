import { m } from '../../i18n/paraglide/messages.js';
import { InvalidInput, type MessageKey, type Refusal } from './refusal.ts';

const OF_STATUS: Record<number, MessageKey> = {
	401: 'errors_refused_401',
	403: 'errors_refused_403',
	404: 'errors_refused_404',
	409: 'errors_refused_409',
	413: 'errors_413_text',
	422: 'errors_refused_422',
	428: 'errors_refused_428',
	429: 'errors_429_text'
};

/** One sentence for the reader, in their language, that says what to do next. */
export function sentenceOf(refusal: Refusal): string {
	if (refusal instanceof InvalidInput && refusal.field) return refusal.errors[refusal.field];
	const key = refusal.key ?? OF_STATUS[refusal.status] ?? 'errors_refused_other';
	return (m[key] as (params: object) => string)(refusal.params);
}
