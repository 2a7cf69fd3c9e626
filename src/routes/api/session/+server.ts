import { app } from '$lib/server/app.ts';
import type { RequestHandler } from './$types';

/**
 * Who is signed in and until when (milliseconds since 1970); asking renews the cookie when its time is nearly over, and
 * keeps this session's open documents open. The sync client asks when the engine tells it to, and after a 4401: 200
 * means "go on", 401 "sign in again".
 */
export const GET: RequestHandler = async ({ locals }) => {
	const headers = { 'cache-control': 'no-store' };
	if (!locals.person) return Response.json({ message: 'not signed in' }, { status: 401, headers });
	const { data } = await locals.supabase.auth.getClaims();
	const expiresAt = data ? data.claims.exp * 1000 : null;
	if (data?.claims.session_id && expiresAt) app().sync.renewSession(locals.person.id, data.claims.session_id, expiresAt);
	return Response.json({ person: locals.person, expiresAt }, { headers });
};
