/**
 * Asks the server to keep a choice of language, theme or the browser's spelling checker in the profile. The page shows the choice already and its cookie is
 * set, so a failure (no network) is left alone: the profile follows with the next choice.
 */
export async function keepPreference(choice: {
	locale?: 'vi' | 'en';
	theme?: 'light' | 'dark' | 'system';
	spellcheck?: boolean;
}): Promise<void> {
	try {
		await fetch('/api/session/preferences', {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(choice),
			keepalive: true
		});
	} catch {
		// see above
	}
}
