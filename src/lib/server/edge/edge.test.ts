import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { refused } from '../../../../tests/support/refused.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { acting } from './acting.ts';
import { answering } from './answering.ts';
import { readBody, readInput } from './input.ts';
import { Refusal } from './refusal.ts';
import { MEANINGS, meaning, refusalOf } from './sqlstate.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../../supabase/migrations');
const Person = v.object({ name: v.pipe(v.string(), v.minLength(2, 'too short')), password: v.string() });

describe('SQLSTATE', () => {
	test('every state of our own that the database raises has its meaning, and no other has', () => {
		const sql = readdirSync(MIGRATIONS).map((file) => readFileSync(join(MIGRATIONS, file), 'utf8'));
		const raised = sql.flatMap((text) => [...text.matchAll(/errcode = '(PL\d{3})'/g)].map(([, code]) => code));
		expect(Object.keys(MEANINGS).filter((code) => code.startsWith('PL'))).toEqual([...new Set(raised)].sort());
	});

	test.each([
		['42501', 403],
		['P0002', 404],
		['PGRST116', 404],
		['23505', 409],
		['23503', 422],
		['23514', 422],
		['22P02', 422],
		['PL004', 409]
	])('%s is answered with %i, wherever it comes from', (code, status) => {
		expect(refusalOf({ code, message: 'in English' })).toMatchObject({ status, code });
		expect(refusalOf(Object.assign(new Error('in English'), { code }))).toMatchObject({ status, code });
	});

	test('any other error is a fault and stays what it was', () => {
		const fault = new Error('no connection');
		expect(refusalOf(fault)).toBe(fault);
		expect(refusalOf({ code: '57014', message: 'timeout' })).not.toBeInstanceOf(Refusal);
	});

	test('a statement may say more precisely what its refusals mean', async () => {
		const failing = (code: string) => Promise.reject(Object.assign(new Error('x'), { code }));
		const here = { '23505': { field: 'name' }, P0002: { status: 410 } };
		await expect(meaning(failing('23505'), here)).rejects.toEqual(refused(409, 'name', 'errors_refused_exists'));
		await expect(meaning(failing('P0002'), here)).rejects.toEqual(refused(410));
		await expect(meaning(failing('42501'), here)).rejects.toEqual(refused(403));
	});
});

describe('input', () => {
	test('names each field that is wrong, and says so where the schema does not', async () => {
		const errors = { name: 'too short', password: m.errors_refused_required() };
		await expect(async () => readInput(Person, { name: 'x' })).rejects.toMatchObject({ status: 422, field: 'name', errors });
		const Points = v.object({ points: v.array(v.object({ text: v.string() })) });
		await expect(async () => readInput(Points, { points: [{ text: 'a' }, { text: 3 }] })).rejects.toMatchObject({
			field: 'points.1.text',
			errors: { 'points.1.text': m.errors_refused_field() }
		});
	});

	test.each(['null', '3', '"x"', 'no JSON'])('a body that is %s is refused as a whole', async (body) => {
		await expect(readBody(Person, new Request('http://plenum.test', { method: 'POST', body }))).rejects.toEqual(refused(422));
	});
});

describe('an answer of /api', () => {
	const answer = async (error: unknown) => {
		const response = await answering(() => Promise.reject(error));
		return { status: response.status, body: await response.json() };
	};

	test('says in one sentence what was refused, at which field, and what is missing', async () => {
		expect(await answer(new Refusal(404))).toEqual({ status: 404, body: { message: m.errors_refused_404(), field: null } });
		expect(await answer(new Refusal(409, { field: 'state', missing: ['1', '3'] }))).toEqual({
			status: 409,
			body: { message: m.errors_refused_409(), field: 'state', missing: ['1', '3'] }
		});
		expect(await answer({ code: 'PL001', message: 'English' })).toMatchObject({
			status: 422,
			body: { message: m.accounts_refused_last_owner() }
		});
	});

	test('a fault is not an answer', async () => {
		await expect(answering(() => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
	});
});

describe('a form action', () => {
	const post = (form: Record<string, string>, work: (input: { name: string }) => Promise<unknown>) =>
		acting(
			Person,
			work
		)({
			request: new Request('http://plenum.test', { method: 'POST', body: new URLSearchParams(form) })
		} as RequestEvent);
	const typed = { name: 'Hà', password: 'bí mật' };

	test('does its work with what the schema made of the form', async () => {
		expect(await post(typed, async (input) => ({ saved: input }))).toEqual({ saved: typed });
	});

	test('a refusal keeps what was typed, but no password, and stands beside its field', async () => {
		const refusal = await post({ name: 'x', password: 'bí mật' }, async () => ({}));
		expect(refusal).toEqual(fail(422, { values: { name: 'x' }, errors: { name: 'too short' } }));
		const taken = await post(typed, () => Promise.reject(new Refusal(409, { field: 'name' })));
		expect(taken).toEqual(fail(409, { values: { name: 'Hà' }, errors: { name: m.errors_refused_409() } }));
	});

	test('a refusal about no field of the form stands above it', async () => {
		const elsewhere = await post(typed, () => Promise.reject(new Refusal(409, { field: 'parentId' })));
		expect(elsewhere).toEqual(fail(409, { values: { name: 'Hà' }, errors: {}, message: m.errors_refused_409() }));
	});

	test('a redirect and a fault pass', async () => {
		await expect(post(typed, async () => redirect(303, '/'))).rejects.toMatchObject({ status: 303 });
		await expect(post(typed, () => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
	});
});
