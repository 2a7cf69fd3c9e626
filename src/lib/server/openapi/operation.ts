import type { GenericSchema } from 'valibot';

type Schema = GenericSchema<any, any>;

/** What one method of a route of /api takes and answers. Each `+server.ts` there says it as `_operations`, beside its handlers. */
export interface Operation {
	/** What it does, in a sentence. */
	summary: string;
	/** What may stand behind the question mark. */
	query?: Schema;
	/** What is sent: JSON that fits a schema, or bytes of a kind. */
	body?: Schema | { contentType: string };
	/** It changes what several people change: the revision seen stands in If-Match. */
	ifMatch?: true;
	/** It takes an Idempotency-Key. */
	idempotent?: true;
	answer: {
		status: 200 | 201 | 202 | 204;
		/** What it is, in a few words. */
		is: string;
		/** Bytes of a kind; JSON when nothing is said. */
		contentType?: string;
	};
	/** Who may ask: whoever shows a session or an access token, only a person in a session, or anybody. */
	for?: 'session' | 'anybody';
	/** Statuses besides the usual ones: 401, 404, 413 and 429. */
	refusals?: readonly (403 | 409 | 410 | 422)[];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** All methods of one route. */
export type Operations = Partial<Record<Method, Operation>>;
