/** How fast something may go for long, and how much at once. */
interface Rate {
	perSecond: number;
	burst: number;
}

/** What sockets of one kind may do. Sizes in bytes, times in milliseconds. */
export interface SocketLimits {
	/** Largest frame received. */
	frameBytes: number;
	/** Frames and bytes received; beyond it the socket is not read for a while. */
	frameRate: Rate;
	byteRate: Rate;
	/** Kept while a socket waits for its place; then it is not read. */
	waitingFrames: number;
	waitingBytes: number;
	/** From the upgrade to the answer about who and what. */
	admitMs: number;
	/** A page is asked to renew its session this long before it ends. */
	renewBeforeMs: number;
	/** Refusals answered with a close code, per network; beyond it plain HTTP 429. */
	refusalRate: Rate;
	/** Silence after which something is sent, so that the other side does not take it for a loss. */
	keepAliveMs: number;
	/** A peer that answers nothing, pings included, for this long is gone. */
	silentMs: number;
	/** Unsent bytes from which a reader is slow, and from which it is closed; and how long it may be slow. */
	slowBytes: number;
	slowCloseBytes: number;
	slowCloseMs: number;
}
