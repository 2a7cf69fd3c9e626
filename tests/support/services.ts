import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { createClient } from 'redis';

const POSTGRES = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const REDIS = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
const PATIENCE_S = 2;

/** Address of a Redis that answers; null when there is none. */
export async function findRedis(): Promise<string | null> {
	const client = createClient({ url: REDIS, socket: { connectTimeout: PATIENCE_S * 1000, reconnectStrategy: false } });
	client.on('error', () => {});
	try {
		await client.connect();
		await client.close();
		return REDIS;
	} catch {
		return null;
	}
}

/** A new, empty Postgres database and how to drop it; null when no Postgres answers. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> } | null> {
	const admin = postgres(POSTGRES, { max: 1, connect_timeout: PATIENCE_S, onnotice: () => {} });
	const name = `plenum_test_${randomBytes(6).toString('hex')}`;
	try {
		await admin.unsafe(`create database ${name}`);
	} catch {
		await admin.end({ timeout: 1 });
		return null;
	}
	const url = new URL(POSTGRES);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		async drop() {
			await admin.unsafe(`drop database if exists ${name} with (force)`);
			await admin.end({ timeout: 1 });
		}
	};
}
