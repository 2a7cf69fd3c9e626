import { compareSync, hashSync } from 'bcryptjs';

// For a thread: making a password hard to guess takes some 60 ms of computing, on purpose.

export function hashOf({ password, cost }: { password: string; cost: number }): string {
	return hashSync(password, cost);
}

export function isHashOf({ password, hash }: { password: string; hash: string }): boolean {
	return compareSync(password, hash);
}
