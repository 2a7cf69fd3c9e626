import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import type { Operation, Operations } from './operation.ts';

type Json = Record<string, unknown>;

const REFUSALS: Record<number, string> = {
	401: 'Nobody is signed in: no bearer, or one that is wrong, revoked or over.',
	403: 'The person, or the scope of the token, does not allow it.',
	404: 'There is no such thing, or it is not for the person to see.',
	409: 'It cannot be done as things stand; an old revision is answered with the present one.',
	410: 'It is not kept any more.',
	413: 'The body is larger than this address takes.',
	422: 'What was sent is not valid; `field` names what to correct.',
	428: 'If-Match is missing.',
	429: 'Too many requests; Retry-After says for how many seconds to wait.'
};
const USUAL_REFUSALS = [401, 404, 413, 429];

/**
 * The description of /api in OpenAPI 3.1, made from the schemas that the routes read their input through. `routes` has the
 * operations by SvelteKit's name of the route: `/api/documents/[id=uuid]`.
 */
export function describeApi(version: string, routes: Record<string, Operations>): Json {
	const paths: Record<string, Json> = {};
	for (const [route, operations] of Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1))) {
		const path = route.replace(/\[(\w+)(?:=\w+)?\]/g, '{$1}');
		paths[path] = Object.fromEntries(
			Object.entries(operations).map(([method, operation]) => [method.toLowerCase(), describe(route, operation)])
		);
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Plenum', version },
		security: [{ bearer: [] }, { cookie: [] }],
		paths,
		components: {
			schemas: { Refusal: REFUSAL },
			securitySchemes: {
				bearer: { type: 'http', scheme: 'bearer', description: 'An access token (plenum_…) or the token of a session.' },
				cookie: { type: 'apiKey', in: 'cookie', name: 'plenum_session' }
			}
		}
	};
}

const REFUSAL: Json = {
	type: 'object',
	required: ['message', 'field'],
	properties: {
		message: { type: 'string', description: 'One sentence for a reader, in the language of Accept-Language.' },
		field: { type: ['string', 'null'], description: 'What to correct.' },
		missing: { type: 'array', items: { type: 'string' }, description: 'What has to be there first.' },
		present: { description: 'At 409 for an old revision: the row as it is now.' }
	}
};

function describe(route: string, operation: Operation): Json {
	const { summary, query, body, ifMatch, idempotent, answer, for: who } = operation;
	const parameters = [
		...[...route.matchAll(/\[(\w+)(?:=(\w+))?\]/g)].map(([, name, format]) => ({
			name,
			in: 'path',
			required: true,
			schema: { type: 'string', ...(format && { format }) }
		})),
		...(query ? parametersOf(query) : []),
		...(ifMatch ? [header('If-Match', 'The revision that was seen, such as "3".', true)] : []),
		...(idempotent
			? [header('Idempotency-Key', 'Any text of up to 200 letters; the same key gets the same answer for a day.', false)]
			: [])
	];
	return {
		summary,
		...(who === 'anybody' && { security: [] }),
		...(who === 'session' && { description: 'Only for a person in a session; an access token is refused with 403.' }),
		...(parameters.length > 0 && { parameters }),
		...(body && { requestBody: { required: true, content: contentOf(body) } }),
		responses: {
			[answer.status]: {
				description: answer.is,
				...(answer.status !== 204 && { content: { [answer.contentType ?? 'application/json']: {} } })
			},
			...refusalsOf(operation)
		}
	};
}

function refusalsOf({ body, query, ifMatch, idempotent, for: who, refusals = [] }: Operation): Json {
	const statuses = new Set<number>([
		...(who === 'anybody' ? [] : USUAL_REFUSALS),
		...(who === 'session' ? [403] : []),
		...(body || query || idempotent ? [422] : []),
		...(ifMatch ? [409, 428] : []),
		...refusals
	]);
	const content = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } };
	return Object.fromEntries(
		[...statuses].sort((one, other) => one - other).map((status) => [status, { description: REFUSALS[status], content }])
	);
}

function parametersOf(query: GenericSchema<any, any>): Json[] {
	const { properties = {}, required = [] } = schemaOf(query) as { properties?: Record<string, Json>; required?: string[] };
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		...(typeof schema.description === 'string' && { description: schema.description }),
		schema
	}));
}

function header(name: string, description: string, required: boolean): Json {
	return { name, in: 'header', required, description, schema: { type: 'string' } };
}

function contentOf(body: NonNullable<Operation['body']>): Json {
	return 'contentType' in body ? { [body.contentType]: {} } : { 'application/json': { schema: schemaOf(body) } };
}

/** What a schema takes. Checks that JSON Schema has no words for are left out; the server makes them all the same. */
function schemaOf(schema: GenericSchema<any, any>): Json {
	const { $schema: _, ...json } = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' });
	return json;
}
