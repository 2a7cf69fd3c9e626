/** A session that nobody uses for so long is over: in auth, and in the cookie that carries it. */
export const SESSION_DAYS = 30;
