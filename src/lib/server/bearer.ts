/** The token in the value of an `Authorization: Bearer` header; null without one, and for other schemes. */
export function bearerIn(authorization: string | null | undefined): string | null {
	return /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
