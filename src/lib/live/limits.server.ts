import type { SocketLimits } from '../server/sockets/limits.ts';

/** Numbers of SPEC.md. Sizes in bytes, times in milliseconds, rates per second with the burst they may reach. */
export const LIVE_LIMITS = {
	/** A request is a word and a topic (LS3). */
	frameBytes: 1024,
	frameRate: { perSecond: 10, burst: 60 },
	byteRate: { perSecond: 2048, burst: 16 * 1024 },
	waitingFrames: 64,
	waitingBytes: 16 * 1024,
	admitMs: 10_000,
	renewBeforeMs: 60_000,
	refusalRate: { perSecond: 20, burst: 100 },
	keepAliveMs: 20_000,
	silentMs: 75_000,
	slowBytes: 64 * 1024,
	slowCloseBytes: 1024 * 1024,
	slowCloseMs: 30_000,
	connectionsPerPerson: 500,
	topicsPerConnection: 30,
	/** What is announced about a topic is sent at most once in this time (AN3). */
	announceEveryMs: 250,
	/** Sockets written to before other work has its turn (AN4). */
	slice: 250,
	/** Whether somebody may still see their topics is asked again after this time, also when nobody announced a change (TP4). */
	recheckMs: 300_000
} satisfies SocketLimits & Record<string, unknown>;
export type LiveLimits = typeof LIVE_LIMITS;
