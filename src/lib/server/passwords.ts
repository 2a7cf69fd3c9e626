import type { hashOf, isHashOf } from './password-work.ts';
import { inThread } from './threads/in-thread.ts';

/** The bcrypt hash of a password; `cost` is the binary logarithm of the rounds. */
export function hashPassword(password: string, cost: number): Promise<string> {
	return inThread<typeof hashOf>('server/password-work.ts', 'hashOf', { password, cost });
}

/** Whether a password has this bcrypt hash. */
export function comparePassword(password: string, hash: string): Promise<boolean> {
	return inThread<typeof isHashOf>('server/password-work.ts', 'isHashOf', { password, hash });
}
