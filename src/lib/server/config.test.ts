import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const POSTGRES = 'postgres://plenum@db/plenum';
const SUPABASE = { SUPABASE_URL: 'https://x.supabase.co', SUPABASE_PUBLISHABLE_KEY: 'p', SUPABASE_SECRET_KEY: 's' };

describe('the configuration', () => {
	test('chooses the embedded size when nothing is set', () => {
		expect(readConfig({}).size.kind).toBe('embedded');
	});

	test('chooses Postgres by DATABASE_URL and Supabase by its three settings beside it', () => {
		expect(readConfig({ DATABASE_URL: POSTGRES }).size.kind).toBe('postgres');
		expect(readConfig({ DATABASE_URL: POSTGRES, ...SUPABASE }).size).toEqual({
			kind: 'supabase',
			url: 'https://x.supabase.co',
			publishableKey: 'p',
			secretKey: 's',
			databaseUrl: POSTGRES
		});
	});

	test.each([
		['an unknown setting', { SUPABASE_KEY: 'x' }, 'SUPABASE_KEY is not a setting of Plenum'],
		[
			'half of Supabase',
			{ SUPABASE_URL: 'https://x.supabase.co' },
			'SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY and DATABASE_URL must be set'
		],
		['two places for data', { DATABASE_URL: POSTGRES, DATA_DIR: '/data' }, 'contradict each other'],
		['several nodes on an embedded database', { REDIS_URL: 'redis://r' }, 'set DATABASE_URL too'],
		['mail without a sender', { SMTP_URL: 'smtp://mail' }, 'MAIL_FROM'],
		['mail without a public address', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'plenum@vn' }, 'ORIGIN'],
		['a database address of another kind', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be an address'],
		['a port that is none', { PORT: '70000' }, 'PORT must be a whole number'],
		['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
		['a set-up token that can be guessed', { SETUP_TOKEN: 'short' }, 'at least 16 characters']
	])('stops with one sentence at %s', (_, env, sentence) => {
		expect(() => readConfig(env)).toThrow(sentence);
	});

	test('takes an empty value for an absent one', () => {
		expect(readConfig({ DATABASE_URL: '', REDIS_URL: ' ' }).size.kind).toBe('embedded');
	});
});
