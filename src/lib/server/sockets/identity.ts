/** Who opened a socket. */
export interface Identity {
	personId: string;
	/** Lets sign-out end the sockets of one session only. */
	sessionId?: string;
	/** Milliseconds since 1970 at which the proof of identity ends; absent means it does not. */
	expiresAt?: number;
	/** Whoever it is, by this socket they only look on. */
	readOnly?: boolean;
}
