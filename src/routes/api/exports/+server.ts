import { listExports, requestExport } from '$lib/documents/library/exports.server.ts';
import { ExportSearch, NewExport } from '$lib/documents/library/exports.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The person's exports of the last day, the newest first: `?of=document:ID` those of one document. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { of } = readQuery(ExportSearch, event.url);
		return Response.json({ items: await listExports(event.locals.supabase, of), next: null });
	});

/** Asks for a file that takes long to make: `{of: "document:ID", format}`. 202 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const order = await readBody(NewExport, event.request);
		const made = await requestExport(event.locals.supabase, order);
		return Response.json(made, { status: 202, headers: { location: `/api/exports/${made.id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The files that the person asked for within the last day.',
		query: ExportSearch,
		answer: { status: 200, is: '{items, next}' }
	},
	POST: {
		summary: 'Asks for a file that takes long to make.',
		body: NewExport,
		refusals: [409],
		answer: { status: 202, is: '{id}' }
	}
};
