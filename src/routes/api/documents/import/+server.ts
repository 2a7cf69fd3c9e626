import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { importDocument } from '$lib/documents/library/import.server.ts';
import { readForm } from '$lib/documents/library/read-form.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { isProfileId } from '$lib/documents/schema/profiles.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

const MEGABYTE = 1024 * 1024;

/**
 * A form with `file` (Word, web page or text; or the text itself), `profile` and optionally `title`, `workspace` (slug or
 * id; else the person's last one) and `agency` (id; else their own). Answers 201 `{id, title, report}`.
 */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const largest = app().config.maxUploadMb * MEGABYTE;
		const form = await readForm(event.request, largest);
		const file = form.get('file');
		const profile = form.get('profile');
		if (file === null) throw new Refusal(422, 'file');
		if (!isProfileId(profile)) throw new Refusal(422, 'profile');
		const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(await file.arrayBuffer());
		if (bytes.byteLength > largest) throw new Refusal(413, 'file');
		const standing = await getStanding(event.locals.supabase, person.id, textOf(form, 'workspace'));
		const imported = await importDocument(
			app(),
			person,
			{
				bytes,
				fileName: typeof file === 'string' ? '' : file.name,
				profile,
				title: textOf(form, 'title') ?? undefined,
				workspaceId: standing.id,
				leadAgencyId: textOf(form, 'agency') ?? standing.agencyId
			},
			event.request.signal
		);
		return Response.json(imported, { status: 201, headers: { location: `/api/documents/${imported.id}` } });
	});

function textOf(form: FormData, name: string): string | null {
	const value = form.get(name);
	return typeof value === 'string' && value.trim() ? value.trim() : null;
}
