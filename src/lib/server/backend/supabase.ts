import { createClient } from '@supabase/supabase-js';
import type { Size } from '../config.ts';
import type { Backend } from './backend.ts';

/** Supabase itself answers auth and REST. The secret key is used for one thing: making an account by invitation. */
export function hostedBackend(size: Extract<Size, { kind: 'supabase' }>): Backend {
	const admin = createClient(size.url, size.secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
	return {
		url: size.url,
		publishableKey: size.publishableKey,
		fetch: globalThis.fetch,
		answer: null,
		async createAccount(email, password) {
			const { data, error } = await admin.auth.admin.createUser({ email, password, email_confirm: true });
			if (data.user) return { id: data.user.id };
			if (error?.code === 'email_exists' || error?.code === 'user_already_exists') return 'exists';
			if (error?.code === 'weak_password') return 'weak';
			throw error ?? new Error('Supabase made no account and gave no reason');
		},
		close: async () => {}
	};
}
