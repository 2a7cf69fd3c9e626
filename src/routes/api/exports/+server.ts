import * as v from 'valibot';
import { answering, readJson, signedIn } from '$lib/documents/library/api.server.ts';
import { listExports, requestExport } from '$lib/documents/library/exports.server.ts';
import { ExportSearch, NewExport } from '$lib/documents/library/exports.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

/** The person's exports of the last day, the newest first: `?of=document:ID` those of one document. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { of } = read(ExportSearch, { of: event.url.searchParams.get('of') ?? undefined });
		return Response.json({ items: await listExports(event.locals.supabase, of), next: null });
	});

/** Asks for a file that takes long to make: `{of: "document:ID", format}`. 202 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const order = read(NewExport, await readJson(event.request));
		const made = await requestExport(event.locals.supabase, order);
		return Response.json(made, { status: 202, headers: { location: `/api/exports/${made.id}` } });
	});

function read<T extends v.GenericSchema>(schema: T, input: unknown): v.InferOutput<T> {
	const { success, output, issues } = v.safeParse(schema, input);
	if (!success) throw new Refusal(422, v.getDotPath(issues[0]));
	return output;
}
