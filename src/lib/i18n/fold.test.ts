import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test.each([
	['Ủy ban', 'uy ban'],
	['Uỷ ban', 'uy ban'],
	['ỦY BAN'.normalize('NFD'), 'uy ban'],
	['Điều đó', 'dieu do'],
	['Nghị quyết số 57', 'nghi quyet so 57']
])('%s folds to %s', (text, folded) => {
	expect(fold(text)).toBe(folded);
});
