import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';

/** A relative position as JSON can carry it: encoded, in base64. */
export const encodePosition = (position: Y.RelativePosition): string => toBase64(Y.encodeRelativePosition(position));

/** The relative position that was encoded so; null when it is none. */
export function decodePosition(encoded: string | undefined): Y.RelativePosition | null {
	if (encoded === undefined) return null;
	try {
		return Y.decodeRelativePosition(fromBase64(encoded));
	} catch {
		return null;
	}
}
