import type { RequestHandler } from './$types';

/**
 * Who is signed in and until when (milliseconds since 1970); asking renews the cookie when its time is nearly over. The sync
 * client asks after a 4401: 200 means "connect again", 401 "sign in again".
 */
export const GET: RequestHandler = async ({ locals }) => {
	const headers = { 'cache-control': 'no-store' };
	if (!locals.person) return Response.json({ message: 'not signed in' }, { status: 401, headers });
	const { data } = await locals.supabase.auth.getClaims();
	return Response.json({ person: locals.person, expiresAt: data ? data.claims.exp * 1000 : null }, { headers });
};
