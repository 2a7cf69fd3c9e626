import { recordExport } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { fileResponse } from '$lib/exports/file-response.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import { compareSides, findSides, printSides } from '$lib/versions/compare/comparing.server.ts';
import { categoryOf } from '$lib/versions/compare/comparison.ts';
import { listExplanations } from '$lib/versions/compare/explanations.server.ts';
import { CompareQuery } from '$lib/versions/compare/input.ts';
import type { RequestHandler } from './$types';

/**
 * What differs between two texts, `?before=version:ID&after=live:DOCUMENT_ID`: as JSON, or as a file, which the audit trail
 * notes and which is therefore for our own pages and programs that show a token.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { format, rows, as, ...sides } = readQuery(CompareQuery, event.url);
		const found = await findSides(event.locals.supabase, sides);
		const { signal } = event.request;
		if (format === 'json') {
			const compared = await longWork.run(person.id, () => compareSides(app(), found, signal));
			const shown = rows === 'changes' ? compared.rows.filter((row) => categoryOf(row) !== 'same') : compared.rows;
			return Response.json({ ...compared, rows: shown }, { headers: { 'cache-control': 'private, no-store' } });
		}
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, { key: 'library_error_export_elsewhere' });
		for (const id of new Set([found.before.document.id, found.after.document.id]))
			await recordExport(app().sql, person.id, id, format);
		const explanations = as === 'explained' ? await listExplanations(event.locals.supabase, found) : [];
		const response = fileResponse(
			await longWork.run(person.id, () => printSides(app(), found, { format, rows, as }, explanations, signal))
		);
		response.headers.set('cache-control', 'private, no-store');
		return response;
	});

export const _operations: Operations = {
	GET: {
		summary:
			'What differs between two texts, versions or documents as they are at this moment, passage by passage and word by word.',
		query: CompareQuery,
		refusals: [403, 422],
		answer: { status: 200, is: '{before, after, counts, rows}, or a file' }
	}
};
