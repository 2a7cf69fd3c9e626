import { redirect } from '@sveltejs/kit';
import { LAST_WORKSPACE_COOKIE } from '$lib/accounts/last-workspace.ts';
import { safeNext } from '$lib/accounts/redirects.ts';
import { signOut } from '$lib/accounts/sign-in.server.ts';
import { app } from '$lib/server/app.ts';
import type { RequestHandler } from './$types';

/**
 * Ends this session and its live connections, and has the browser forget the images that it keeps and which workspace was
 * open last. SvelteKit refuses the form when another site sends it.
 */
export const POST: RequestHandler = async ({ locals, url, cookies }) => {
	await signOut(locals.supabase, app());
	const next = safeNext(url.searchParams.get('next'));
	cookies.delete(LAST_WORKSPACE_COOKIE, { path: '/' });
	const location = next === '/' ? '/sign-in?signed-out' : next;
	return new Response(null, { status: 303, headers: { location, 'clear-site-data': '"cache"' } });
};

export const GET: RequestHandler = () => redirect(303, '/');
