import { requirePerson } from '$lib/accounts/guards.server.ts';
import type { LayoutServerLoad } from './$types';

/** Everything under (app) is for signed-in people. */
export const load: LayoutServerLoad = ({ locals, url }) => {
	requirePerson({ locals, url });
};
