import type { Cookies } from '@sveltejs/kit';
import type { Client } from '../server/client.ts';
import type { Profile } from './workspaces.server.ts';

const YEAR_SECONDS = 400 * 86_400;

export type Preferences = Partial<Pick<Profile, 'locale' | 'theme' | 'spellcheck'>>;

/** Writes language and theme into the cookies that the next page reads. Scripts read them too: the switches show the choice. */
export function rememberPreferences(cookies: Cookies, { locale, theme }: Preferences): void {
	const options = { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: false } as const;
	if (locale) cookies.set('plenum_locale', locale, options);
	if (theme) cookies.set('plenum_theme', theme, options);
}

/** Keeps language, theme and the choice of the browser's spelling checker in the profile, so that they follow the person to another machine. */
export async function savePreferences(client: Client, personId: string, preferences: Preferences): Promise<void> {
	await client.from('people').update(preferences).eq('id', personId).throwOnError();
}
