/** `frozen`: a milestone that a manager names; `restore-point`: kept by the system at the end of a day with changes. */
type VersionKind = 'frozen' | 'restore-point';

/** What is known of a version; its text is read apart. */
export interface Version {
	id: string;
	documentId: string;
	kind: VersionKind;
	/** Counts the versions of its kind. */
	number: number;
	/** '' for a restore point. */
	label: string;
	note: string;
	/** Under the name, function and agency of that day; null for what the system keeps. */
	createdBy: { id: string | null; name: string; title: string; agency: string } | null;
	createdAt: string;
	/** Of the canonical JSON, byte for byte, in hexadecimal digits. */
	sha256: string;
	/** Of the Word file; null for a restore point, which has none of its own. */
	docxSha256: string | null;
	provisionCount: number;
	wordCount: number;
	schemaVersion: number;
}

/** What a version holds, as its canonical JSON has it. */
export interface VersionContent {
	title: string;
	profile: string;
	kind: string;
	schemaVersion: number;
	content: unknown;
}

const DRAFT = /^Dự thảo lần (\d{1,4})$/u;

/** What the next version is called when nobody says otherwise. A label stands in the document's file, so it is Vietnamese in every language. */
export function proposedLabel(labels: readonly string[]): string {
	const numbers = labels.map((label) => Number(DRAFT.exec(label.normalize('NFC').trim())?.[1] ?? 0));
	return `Dự thảo lần ${Math.max(0, ...numbers) + 1}`;
}

/** `9f2c41ab…e07d`: enough to compare by eye. */
export function shortHash(sha256: string): string {
	return `${sha256.slice(0, 8)}…${sha256.slice(-4)}`;
}

/** How the canonical JSON names a picture. */
export function pictureName(sha256: string): string {
	return `sha256:${sha256}`;
}

/** The SHA-256 in such a name; null for any other. */
export function pictureHash(name: string): string | null {
	return /^sha256:([0-9a-f]{64})$/.exec(name)?.[1] ?? null;
}

/** The address of a document's versions. */
export function versionsHref(slug: string, documentId: string): string {
	return `/${slug}/documents/${documentId}/versions`;
}
