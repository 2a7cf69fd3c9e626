import { Refusal, type MessageKey } from '../../src/lib/server/edge/refusal.ts';
import { refusalOf } from '../../src/lib/server/edge/sqlstate.ts';

/** For tests: matches an error that the edge would answer with this status, at this field; `key` also looks at the sentence. */
export function refused(status: number, field: string | null = null, key?: MessageKey) {
	return {
		asymmetricMatch(error: unknown): boolean {
			const refusal = refusalOf(error);
			if (!(refusal instanceof Refusal) || refusal.status !== status || refusal.field !== field) return false;
			return key === undefined || refusal.key === key;
		},
		toString: () => `refused with ${status}${field ? ` at ${field}` : ''}${key ? ` (${key})` : ''}`
	};
}
