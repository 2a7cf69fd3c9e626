import * as decoding from 'lib0/decoding';
import { CLOSE, type Limits, MESSAGE, SYNC } from '../protocol.ts';
import type { Connection } from './connection.server.ts';
import type { SyncMetrics } from './report.server.ts';
import type { Refusal, Room } from './room.server.ts';

/** A handshake question may cost as much as the whole document; it is charged as this many frames (RL1). */
const STEP1_FRAMES = 10;

/** Reads one frame of a live connection and does what it asks. Never throws. */
export function receive(connection: Connection, room: Room, data: Buffer, limits: Limits, metrics: SyncMetrics): void {
	try {
		const decoder = decoding.createDecoder(data);
		const kind = decoding.readVarUint(decoder);
		switch (kind) {
			case MESSAGE.sync:
				return receiveSync(connection, room, decoder, limits, metrics);
			case MESSAGE.awareness:
				if (!connection.presenceRate.tryTake(1)) return metrics.count('frames_dropped', 1, 'presence rate');
				room.audience.presence.accept(connection, decoding.readVarUint8Array(decoder));
				return room.audience.presenceChanged();
			case MESSAGE.queryAwareness:
				connection.charge(1, data.byteLength);
				return connection.send(room.audience.presence.everybody());
			case MESSAGE.ack:
				connection.charge(1, data.byteLength);
				return room.acknowledge(connection, decoding.readVarUint(decoder));
			default:
				// A newer client may know more kinds; an older server must not break it (MS5).
				connection.charge(1, data.byteLength);
				return metrics.count('frames_dropped', 1, 'unknown kind');
		}
	} catch {
		connection.close(CLOSE.malformed, 'malformed message');
	}
}

function receiveSync(connection: Connection, room: Room, decoder: decoding.Decoder, limits: Limits, metrics: SyncMetrics): void {
	const step = decoding.readVarUint(decoder);
	const bytes = decoding.readVarUint8Array(decoder);
	if (step === SYNC.step1) {
		connection.charge(STEP1_FRAMES, 0);
		return room.answer(connection, bytes);
	}
	if (step !== SYNC.step2 && step !== SYNC.update) return connection.close(CLOSE.malformed, 'unknown sync step');
	if (step === SYNC.update && bytes.byteLength > limits.updateBytes) {
		return connection.close(CLOSE.tooLarge, 'update too large');
	}
	// What piled up during a long absence comes as one step 2 and is not held against the sender.
	connection.charge(1, step === SYNC.step2 ? 0 : bytes.byteLength);
	connection.updates++;
	metrics.count('updates_received');
	// What follows an invalid update lacks it, and would wait for it in the log for ever (DO2).
	const isStranded = connection.hasInvalid && step === SYNC.update;
	const outcome = isStranded ? { reason: 'invalid' as const } : room.receive(connection, bytes, step === SYNC.step2);
	if (outcome === 'malformed') return connection.close(CLOSE.malformed, 'malformed update');
	if (typeof outcome === 'object') {
		refuse(connection, outcome, metrics);
		// Whoever edits before having handed over what another node heard is only too early (HI7).
		return outcome.reason === 'ahead' ? room.askEverything(connection) : undefined;
	}
	// A step 2 holds all that the client has and the server lacked, so nothing dropped earlier is missing now.
	if (step === SYNC.step2) connection.hasRejected = connection.hasInvalid = false;
}

function refuse(connection: Connection, { reason, fault }: Refusal, metrics: SyncMetrics): void {
	connection.hasRejected = true;
	if (reason === 'invalid') connection.hasInvalid = true;
	metrics.count('updates_rejected', 1, reason);
	connection.journal.debugRarely('write rejected', fault === undefined ? { reason } : { reason, fault });
	if (reason !== 'ahead') connection.tell(MESSAGE.rejected, reason);
}
