import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';

/** The document as data: what an import takes back without loss. `content` is the ProseMirror document. */
export function writeJson({ title, profile, content }: { title: string; profile: ProfileId; content: JsonNode }): string {
	return `${JSON.stringify({ title, profile, content }, null, '\t')}\n`;
}
