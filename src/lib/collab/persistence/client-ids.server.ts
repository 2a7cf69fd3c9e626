import * as decoding from 'lib0/decoding';

/** How many client ids a state vector names: its first number. */
export function clientIdsIn(stateVector: Uint8Array): number {
	return decoding.readVarUint(decoding.createDecoder(stateVector));
}
