import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { email, line, newPassword, optionalLine, ticked } from '$lib/accounts/fields.ts';
import { claim, linkLimit, tooOften } from '$lib/accounts/limits.server.ts';
import { createFirstWorkspace, hasWorkspace } from '$lib/accounts/set-up.server.ts';
import { checkPassword } from '$lib/accounts/sign-in.server.ts';
import { sameSecret } from '$lib/accounts/tokens.server.ts';
import { fillSampleWorkspace } from '$lib/documents/library/sample.server.ts';
import { addSampleHistory } from '$lib/versions/history/sample-history.server.ts';
import { addSampleVersions } from '$lib/versions/sample-versions.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const FirstWorkspace = v.object({
	workspace: line(),
	agency: line(),
	agencyShortName: line(40),
	agencyCode: line(30),
	fullName: line(),
	positionTitle: optionalLine(),
	email,
	password: newPassword,
	sample: ticked
});

export const load: PageServerLoad = async ({ url, getClientAddress }) => {
	if (await hasWorkspace(app().sql)) redirect(303, '/');
	const address = getClientAddress();
	const wait = linkLimit.attempt(address);
	const open = wait === 0 && sameSecret(url.searchParams.get('token') ?? '', app().setupToken);
	if (open) linkLimit.forgive(address);
	return { open, wait };
};

export const actions: Actions = {
	default: acting(FirstWorkspace, async (input, { url, locals, getClientAddress }) => {
		const { backend, sql, setupToken } = app();
		const address = getClientAddress();
		claim(linkLimit, address);
		if (!sameSecret(url.searchParams.get('token') ?? '', setupToken))
			throw new Refusal(403, { key: 'accounts_set_up_wrong_text' });
		linkLimit.forgive(address);
		if (await hasWorkspace(sql)) throw new Refusal(409, { key: 'accounts_set_up_taken' });

		const account = await backend.createAccount(input.email, input.password);
		if (account === 'weak') throw new Refusal(422, { field: 'password', key: 'accounts_error_password_weak' });
		let ownerId = typeof account === 'string' ? null : account.id;
		if (account === 'exists') {
			// An earlier try may have made the account and no workspace; its password proves that it is theirs.
			const known = await checkPassword(app(), address, input.email, input.password);
			if (known && 'seconds' in known) throw tooOften(known.seconds);
			if (!known) throw new Refusal(409, { field: 'password', key: 'accounts_set_up_account_exists' });
			ownerId = known.personId;
		}
		const { locale, theme } = locals;
		const created = await createFirstWorkspace(sql, {
			workspaceName: input.workspace,
			agencyName: input.agency,
			agencyShortName: input.agencyShortName,
			agencyCode: input.agencyCode,
			owner: { id: ownerId!, email: input.email, fullName: input.fullName, positionTitle: input.positionTitle, locale, theme }
		});
		if (!created) throw new Refusal(409, { key: 'accounts_set_up_taken' });
		const { error } = await locals.supabase.auth.signInWithPassword({ email: input.email, password: input.password });
		if (error) redirect(303, `/sign-in?email=${encodeURIComponent(input.email)}`);
		if (input.sample) {
			const { workspaceId, agencyId } = created;
			await fillSampleWorkspace(app(), { workspaceId, agencyId, personId: ownerId! });
			await addSampleVersions(app(), workspaceId);
			await addSampleHistory(app().sql, workspaceId);
		}
		redirect(303, `/${created.slug}`);
	})
};
