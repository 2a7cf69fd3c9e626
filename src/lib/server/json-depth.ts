const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((sign) => sign.charCodeAt(0));

/** Whether JSON is nested more than `most` levels deep: what walks over it by calling itself would run out of stack. */
export function isNestedBeyond(most: number, json: Uint8Array): boolean {
	let depth = 0;
	let isText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at];
		if (byte === QUOTE) isText = !isText;
		else if (byte === BACKSLASH) at++;
		else if (isText) continue;
		else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
		else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
		if (depth > most) return true;
	}
	return false;
}
