import { resolve } from 'node:path';

/** Where data lives and who answers auth and REST; chosen by environment alone. */
export type Size =
	| { kind: 'embedded'; dataDir: string }
	| { kind: 'postgres'; databaseUrl: string }
	| { kind: 'supabase'; url: string; publishableKey: string; secretKey: string; databaseUrl: string };

export interface Config {
	size: Size;
	redisUrl: string | null;
	port: number;
	host: string;
	/** Public origin such as `https://plenum.example.vn`; null means "whatever host the browser used", for local use. */
	origin: string | null;
	/** How many proxies in front are ours: their X-Forwarded-For names the visitor whom the rate limits count. */
	proxyHops: number;
	smtpUrl: string | null;
	mailFrom: string | null;
	logLevel: string;
	maxUploadMb: number;
	/** A folder for files that all nodes share; null keeps them in the data directory, the database or Supabase's storage. */
	filesDir: string | null;
	setupToken: string | null;
	metricsToken: string | null;
}

/** A setting that stops the start; its message is one sentence for the operator. */
export class ConfigError extends Error {}

const KNOWN = [
	'DATABASE_URL',
	'SUPABASE_URL',
	'SUPABASE_PUBLISHABLE_KEY',
	'SUPABASE_SECRET_KEY',
	'REDIS_URL',
	'SMTP_URL',
	'MAIL_FROM',
	'SETUP_TOKEN',
	'METRICS_TOKEN',
	'SAMPLE_PASSWORD',
	'PROXY_HOPS',
	'FILES_DIR'
];
const OUR_PREFIXES = /^(SUPABASE|DATABASE|REDIS|SMTP|MAIL|SETUP|METRICS|SAMPLE|PROXY|FILES|PLENUM)_/;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment. Throws ConfigError when a setting is unknown, malformed or contradicts another. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
	const unknown = Object.keys(env).find((name) => OUR_PREFIXES.test(name) && !KNOWN.includes(name) && env[name]);
	if (unknown) throw new ConfigError(`${unknown} is not a setting of Plenum; see the environment table in the README.`);
	const value = (name: string) => env[name]?.trim() || null;
	const config: Config = {
		size: readSize(value),
		redisUrl: url(value, 'REDIS_URL', ['redis:', 'rediss:']),
		port: wholeNumber(value, 'PORT', 3000, 0, 65535),
		host: value('HOST') ?? '127.0.0.1',
		origin: url(value, 'ORIGIN', ['http:', 'https:'])?.replace(/\/+$/, '') ?? null,
		proxyHops: wholeNumber(value, 'PROXY_HOPS', 0, 0, 9),
		smtpUrl: url(value, 'SMTP_URL', ['smtp:', 'smtps:']),
		mailFrom: value('MAIL_FROM'),
		logLevel: value('LOG_LEVEL') ?? 'info',
		maxUploadMb: wholeNumber(value, 'MAX_UPLOAD_MB', 50, 1, 500),
		filesDir: value('FILES_DIR') && resolve(value('FILES_DIR')!),
		setupToken: value('SETUP_TOKEN'),
		metricsToken: value('METRICS_TOKEN')
	};
	if (!LOG_LEVELS.includes(config.logLevel)) throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
	if (config.smtpUrl && !config.mailFrom)
		throw new ConfigError('SMTP_URL is set but MAIL_FROM is not: name the sender of the mails.');
	if (config.smtpUrl && !config.origin)
		throw new ConfigError('SMTP_URL is set but ORIGIN is not: links in mails need the public address of this site.');
	if (config.redisUrl && config.size.kind === 'embedded') {
		throw new ConfigError(
			'REDIS_URL joins several nodes, which share one database: set DATABASE_URL too, or leave REDIS_URL out.'
		);
	}
	if (config.setupToken && config.setupToken.length < 16) throw new ConfigError('SETUP_TOKEN must have at least 16 characters.');
	return config;
}

type Value = (name: string) => string | null;

function readSize(value: Value): Size {
	const databaseUrl = url(value, 'DATABASE_URL', ['postgres:', 'postgresql:']);
	const supabase = ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'];
	const given = supabase.filter((name) => value(name));
	if (given.length > 0) {
		const missing = [...supabase, 'DATABASE_URL'].filter((name) => !value(name));
		if (missing.length > 0) throw new ConfigError(`${given[0]} is set, so ${missing.join(' and ')} must be set as well.`);
		return {
			kind: 'supabase',
			url: url(value, 'SUPABASE_URL', ['http:', 'https:'])!.replace(/\/+$/, ''),
			publishableKey: value('SUPABASE_PUBLISHABLE_KEY')!,
			secretKey: value('SUPABASE_SECRET_KEY')!,
			databaseUrl: databaseUrl!
		};
	}
	if (databaseUrl) {
		if (value('DATA_DIR')) throw new ConfigError('DATABASE_URL and DATA_DIR contradict each other: keep one.');
		return { kind: 'postgres', databaseUrl };
	}
	return { kind: 'embedded', dataDir: resolve(value('DATA_DIR') ?? 'data') };
}

function url(value: Value, name: string, protocols: string[]): string | null {
	const text = value(name);
	if (text === null) return null;
	if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
		throw new ConfigError(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
	}
	return text;
}

function wholeNumber(value: Value, name: string, fallback: number, least: number, most: number): number {
	const text = value(name);
	if (text === null) return fallback;
	const number = Number(text);
	if (!Number.isInteger(number) || number < least || number > most) {
		throw new ConfigError(`${name} must be a whole number from ${least} to ${most}.`);
	}
	return number;
}
