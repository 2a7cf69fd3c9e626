import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSync, SYNC } from '../protocol.ts';
import { toFrame } from '../../server/sockets/frames.ts';
import { syncFrame } from './sync-frame.server.ts';

test('[MS1] a sync frame made in one go is the message in a frame, whatever its length', () => {
	const lengths = fc.oneof(fc.nat(300), fc.constantFrom(123, 126, 127, 128, 16_383, 16_384, 65_530, 65_535, 65_536, 2_097_152));
	fc.assert(
		fc.property(lengths, fc.constantFrom(...Object.values(SYNC)), (length, step) => {
			const bytes = new Uint8Array(length).fill(7);
			expect(syncFrame(step, bytes).equals(toFrame(encodeSync(step, bytes)))).toBe(true);
		})
	);
});
