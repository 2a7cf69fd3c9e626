import type { JsonNode } from '../schema/json.ts';
import type { StoreImage } from './docx.server.ts';
import { imageDescription, type SourceBlock } from './source.ts';

const DATA = /^data:(image\/[a-z0-9.+-]+);base64,(.*)$/is;
/** Pictures that the application itself serves. */
const OWN = /^\/api\//;

/**
 * Stores the pictures that a source carries inside, and takes away those that it loads from elsewhere: a document never
 * fetches from another site. One that is not taken has no address any more; in a table its description stays.
 */
export async function embedImages(blocks: readonly SourceBlock[], storeImage?: StoreImage): Promise<SourceBlock[]> {
	const inside = async (json: JsonNode): Promise<JsonNode> => {
		if (json.type === 'image') {
			const kept = await keptImage(json, storeImage);
			return kept.attrs?.src ? kept : imageDescription(kept);
		}
		return json.content ? { ...json, content: await Promise.all(json.content.map(inside)) } : json;
	};
	const outside = (json: JsonNode) => (json.type === 'image' ? keptImage(json, storeImage) : inside(json));
	return Promise.all(
		blocks.map(async (block) => (block.kind === 'node' ? { ...block, node: await outside(block.node) } : block))
	);
}

async function keptImage(image: JsonNode, storeImage?: StoreImage): Promise<JsonNode> {
	const source = String(image.attrs?.src ?? '');
	if (OWN.test(source)) return image;
	const data = DATA.exec(source);
	let src: string | null = null;
	if (data && storeImage) {
		const bytes = new Uint8Array(Buffer.from(data[2] as string, 'base64'));
		src = await storeImage({ contentType: (data[1] as string).toLowerCase(), bytes });
	}
	return { ...image, attrs: { ...image.attrs, src } };
}
