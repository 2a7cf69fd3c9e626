import { redirect } from '@sveltejs/kit';
import { safeNext } from '$lib/accounts/redirects.ts';
import { signOut } from '$lib/accounts/sign-in.server.ts';
import { app } from '$lib/server/app.ts';
import type { RequestHandler } from './$types';

/** Ends this session and its live connections. SvelteKit refuses the form when another site sends it. */
export const POST: RequestHandler = async ({ locals, url }) => {
	await signOut(locals.supabase, app());
	const next = safeNext(url.searchParams.get('next'));
	redirect(303, next === '/' ? '/sign-in?signed-out' : next);
};

export const GET: RequestHandler = () => redirect(303, '/');
