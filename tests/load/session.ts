import { PASSWORD, emailOf, type Person } from '../support/people.ts';

/** An access token of one of the sample's people, as a script would get it. */
export async function accessToken(url: string, person: Person): Promise<string> {
	const { publishableKey } = (await (await fetch(`${url}/api/config`)).json()) as { publishableKey: string };
	const response = await fetch(`${url}/auth/v1/token?grant_type=password`, {
		method: 'POST',
		headers: { apikey: publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email: emailOf(person), password: PASSWORD })
	});
	if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
	return ((await response.json()) as { access_token: string }).access_token;
}

/** Imports a text as a new document through the public endpoint; answers its id. */
export async function importText(url: string, token: string, text: string, title: string): Promise<string> {
	const form = new FormData();
	form.set('file', new File([text], 'van-ban.txt', { type: 'text/plain' }));
	form.set('profile', 'nd30');
	form.set('title', title);
	const response = await fetch(`${url}/api/documents/import`, {
		method: 'POST',
		body: form,
		headers: { authorization: `Bearer ${token}` }
	});
	if (response.status !== 201) throw new Error(`import answered ${response.status}: ${await response.text()}`);
	return ((await response.json()) as { id: string }).id;
}
