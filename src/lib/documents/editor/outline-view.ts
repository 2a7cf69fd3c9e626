import type { OutlineRow } from './digest.ts';

/** Levels whose children are shown without being asked. */
const OPEN_BY_ITSELF = new Set(['appendix', 'part', 'chapter', 'section', 'subsection']);

/**
 * The rows that the outline shows: those whose containers are all open. A container is open when the person opened it,
 * when it is one of those that open by themselves and nobody closed it, or when the cursor is in it.
 */
export function visibleRows(
	rows: readonly OutlineRow[],
	toggled: ReadonlyMap<string, boolean>,
	currentUid: string | null
): OutlineRow[] {
	const current = rows.find((row) => row.uid === currentUid);
	const around = new Set(current ? [current.uid, ...current.parents] : []);
	const byUid = new Map(rows.map((row) => [row.uid, row]));
	const isOpen = (uid: string) => isRowOpen(byUid.get(uid), toggled, around);
	return rows.filter((row) => row.parents.every(isOpen));
}

/** Whether a row shows what it contains. */
export function isRowOpen(
	row: OutlineRow | undefined,
	toggled: ReadonlyMap<string, boolean>,
	around: ReadonlySet<string>
): boolean {
	if (!row) return true;
	return toggled.get(row.uid) ?? (OPEN_BY_ITSELF.has(row.level) || around.has(row.uid));
}

/** The uids of a row and all that contains it. */
export function aroundOf(rows: readonly OutlineRow[], uid: string | null): Set<string> {
	const row = rows.find((each) => each.uid === uid);
	return new Set(row ? [row.uid, ...row.parents] : []);
}

/**
 * The nearest visible row for each uid: a colleague in a folded khoản is shown at the Điều that holds it.
 */
export function shownAt(rows: readonly OutlineRow[], visible: readonly OutlineRow[]): Map<string, string> {
	const shown = new Set(visible.map((row) => row.uid));
	const places = new Map<string, string>();
	for (const row of rows) {
		const place = shown.has(row.uid) ? row.uid : row.parents.findLast((uid) => shown.has(uid));
		if (place) places.set(row.uid, place);
	}
	return places;
}
