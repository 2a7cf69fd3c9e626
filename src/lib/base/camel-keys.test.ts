import { expect, test } from 'vitest';
import { camelKeys } from './camel-keys.ts';

test('columns are named as programs name them, and what is inside them stays', () => {
	expect(camelKeys({ id: '1', full_name: 'An', can_reset_password: true, details: { role_before: null } })).toEqual({
		id: '1',
		fullName: 'An',
		canResetPassword: true,
		details: { role_before: null }
	});
});
