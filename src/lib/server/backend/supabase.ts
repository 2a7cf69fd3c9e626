import { createClient } from '@supabase/supabase-js';
import type { Size } from '../config.ts';
import type { Backend } from './backend.ts';

/** A token that ends within the work of a request is asked for anew. */
const SPARE_SECONDS = 300;

/**
 * Supabase itself answers auth and REST. The secret key is used for two things: making an account by invitation, and
 * letting a program with an access token of ours act as its person, which was never tried against a hosted project.
 */
export function hostedBackend(size: Extract<Size, { kind: 'supabase' }>): Backend {
	const admin = createClient(size.url, size.secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
	// Each sign-in by link ends the link before it and takes two calls, so its token is kept for as long as it is good.
	const signedIn = new Map<string, { token: string; until: number }>();
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
		async isGenuine(token) {
			const { data, error } = await admin.auth.getClaims(token);
			if (error?.status !== undefined && error.status >= 500) throw error;
			return data !== null;
		},
		async signInAs({ email }, tokenId) {
			const known = signedIn.get(tokenId);
			if (known && known.until > Date.now()) return known.token;
			const link = await admin.auth.admin.generateLink({ type: 'magiclink', email });
			if (link.error) throw link.error;
			const visitor = createClient(size.url, size.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
			const { data, error } = await visitor.auth.verifyOtp({ token_hash: link.data.properties.hashed_token, type: 'magiclink' });
			if (error || !data.session) throw error ?? new Error('Supabase opened no session and gave no reason');
			for (const [id, { until }] of signedIn) if (until <= Date.now()) signedIn.delete(id);
			const { access_token: token, expires_in } = data.session;
			signedIn.set(tokenId, { token, until: Date.now() + (expires_in - SPARE_SECONDS) * 1000 });
			return token;
		},
		close: async () => {}
	};
}
