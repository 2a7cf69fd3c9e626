import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** An address that no page has, said inside the shell. */
export const load: PageServerLoad = () => error(404);
