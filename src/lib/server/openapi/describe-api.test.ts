import * as v from 'valibot';
import { expect, test } from 'vitest';
import { describeApi } from './describe-api.ts';

const described = describeApi('1.2.3', {
	'/api/papers/[id=uuid]': {
		PATCH: {
			summary: 'Changes a paper.',
			body: v.object({
				title: v.pipe(v.string(), v.trim(), v.maxLength(5)),
				kind: v.optional(v.picklist(['short', 'long']))
			}),
			ifMatch: true,
			answer: { status: 200, is: 'the paper' }
		}
	},
	'/api/papers': {
		GET: {
			summary: 'Lists papers.',
			query: v.object({ limit: v.optional(v.pipe(v.string(), v.description('how many'))) }),
			answer: { status: 200, is: 'the papers' }
		},
		POST: { summary: 'Takes a file.', body: { contentType: 'multipart/form-data' }, answer: { status: 204, is: 'taken' } }
	},
	'/api/config': { GET: { summary: 'Says the version.', for: 'anybody', answer: { status: 200, is: 'the version' } } }
}) as { openapi: string; info: object; paths: Record<string, Record<string, any>> };

test('addresses, methods and their input are described from the schemas', () => {
	expect(described.openapi).toBe('3.1.0');
	expect(described.info).toMatchObject({ version: '1.2.3' });
	expect(Object.keys(described.paths)).toEqual(['/api/config', '/api/papers', '/api/papers/{id}']);
	const { patch } = described.paths['/api/papers/{id}'];
	expect(patch.parameters).toMatchObject([
		{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
		{ name: 'If-Match', in: 'header', required: true }
	]);
	expect(patch.requestBody.content['application/json'].schema).toMatchObject({
		properties: { title: { type: 'string', maxLength: 5 }, kind: { enum: ['short', 'long'] } },
		required: ['title']
	});
	expect(described.paths['/api/papers'].get.parameters).toMatchObject([
		{ name: 'limit', in: 'query', required: false, description: 'how many' }
	]);
	expect(described.paths['/api/papers'].post.requestBody.content).toEqual({ 'multipart/form-data': {} });
});

test('each operation says with what it may be refused', () => {
	const statuses = (path: string, method: string) => Object.keys(described.paths[path][method].responses);
	expect(statuses('/api/papers/{id}', 'patch')).toEqual(['200', '401', '404', '409', '413', '422', '428', '429']);
	expect(statuses('/api/papers', 'post')).toEqual(['204', '401', '404', '413', '422', '429']);
	expect(statuses('/api/config', 'get')).toEqual(['200']);
	expect(described.paths['/api/config'].get.security).toEqual([]);
});
