import { expect, test } from 'vitest';
import { isReturn, isTextOpen, nextStates, STATES } from './documents.ts';

test('a text may change while it is drafted and consulted on', () => {
	expect(STATES.filter(isTextOpen)).toEqual(['drafting', 'consulting']);
});

test.each([
	['drafting', ['consulting', 'appraisal', 'submitted', 'adopted', 'issued']],
	['consulting', ['drafting', 'appraisal', 'submitted', 'adopted', 'issued']],
	['appraisal', ['drafting', 'submitted', 'adopted', 'issued']],
	['issued', ['drafting', 'appraisal', 'submitted', 'adopted']]
] as const)('from %s a document may be moved to %j', (from, next) => {
	expect(nextStates(from)).toEqual(next);
});

test('back from a read-only state is a return, which has a reason', () => {
	expect(isReturn('appraisal', 'drafting')).toBe(true);
	expect(isReturn('issued', 'adopted')).toBe(true);
	expect(isReturn('consulting', 'drafting')).toBe(false);
	expect(isReturn('appraisal', 'submitted')).toBe(false);
});
