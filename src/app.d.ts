import type { Client } from './lib/server/client.ts';

declare global {
	namespace App {
		interface Locals {
			/** supabase-js with the visitor's own session: everything it reads or writes is under row level security. */
			supabase: Client;
			/** The signed-in person, verified; null for a visitor. */
			person: { id: string; email: string } | null;
			/** The session that shows who they are, null for a program with an access token; its present access token ends at `expiresAt` (ms since 1970). */
			session: { id: string | null; expiresAt: number | null } | null;
			/** A program acts as the person, by an access token. */
			isProgram: boolean;
			locale: 'vi' | 'en';
			theme: 'light' | 'dark' | 'system';
			requestId: string;
		}
		interface Error {
			message: string;
			/** Named in the log and shown to the user, so that a report can be found again. */
			requestId?: string;
		}
	}
}

export {};
