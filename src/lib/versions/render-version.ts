import type { JsonNode } from '../documents/schema/json.ts';
import { isProfileId } from '../documents/schema/profiles.ts';
import { SCHEMA_VERSION } from '../documents/schema/schema.ts';
import { buildOutline } from '../exports/build-outline.ts';
import { exportDocument, type ExportedFile } from '../exports/export-document.ts';
import type { ExportFormat } from '../exports/formats.ts';
import { type HtmlPart, writeHtmlPart } from '../exports/html.ts';
import type { LoadImage } from '../exports/images.ts';
import type { VersionContent } from './versions.ts';

/** The canonical JSON of a version, and what it is to be written as. */
export interface RenderOrder {
	canonical: string;
	format: Exclude<ExportFormat, 'json'>;
	/** Of the file, instead of the document's title. */
	title: string;
}

/** What the thread asks the process for: a picture by its name in the version. */
export type RenderQuestion = { image: string };
type AskProcess = (question: RenderQuestion) => Promise<unknown>;

/** Writes a version as a file, for a thread. */
export function renderVersion({ canonical, format, title }: RenderOrder, ask: AskProcess): Promise<ExportedFile> {
	const { profile, content } = readContent(canonical);
	return exportDocument({ title, profile, content, format, loadImage: loadThrough(ask) });
}

/** Writes a version as part of a page, for a thread. */
export function renderVersionPart(canonical: string, ask: AskProcess): Promise<HtmlPart> {
	return writeHtmlPart(buildOutline(readContent(canonical)), loadThrough(ask));
}

/**
 * What a version holds, in the form of today. Texts as JSON have had one form so far; a schema that gives them another brings
 * older ones up here, in memory: what is stored stays as it is.
 */
export function readContent(canonical: string) {
	const { title, profile, content, schemaVersion } = JSON.parse(canonical) as VersionContent;
	if (schemaVersion > SCHEMA_VERSION) throw new RangeError(`this version has schema ${schemaVersion}, which is later than ours`);
	if (!isProfileId(profile)) throw new RangeError(`there is no layout ${profile}`);
	return { title, profile, content: content as JsonNode };
}

function loadThrough(ask: AskProcess): LoadImage {
	return (image) => ask({ image }) as ReturnType<LoadImage>;
}
