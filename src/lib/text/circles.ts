/** Of each circle of a function its smallest member: there it is cut, the same on every machine. */
export function circles(all: readonly string[], next: (uid: string) => string | null): Set<string> {
	const done = new Set<string>();
	const cut = new Set<string>();
	for (const start of all) {
		const path: string[] = [];
		const on = new Map<string, number>();
		let uid: string | null = start;
		while (uid !== null && !done.has(uid)) {
			const at = on.get(uid);
			if (at !== undefined) {
				cut.add(path.slice(at).reduce((least, other) => (other < least ? other : least)));
				break;
			}
			on.set(uid, path.length);
			path.push(uid);
			uid = next(uid);
		}
		for (const passed of path) done.add(passed);
	}
	return cut;
}
