import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** Takes a file to where the document keeps its images. The error is a sentence for the person. */
export type UploadImage = (file: File) => Promise<{ url: string } | { error: string }>;

/** Kinds of image that a document takes. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The width in pixels at which an image is first shown: its own, at most that of the sheet; null for the whole sheet. */
export async function imageWidth(file: Blob, sheet: number): Promise<number | null> {
	try {
		const bitmap = await createImageBitmap(file);
		const { width } = bitmap;
		bitmap.close();
		return width < sheet ? width : null;
	} catch {
		return null;
	}
}

export interface ImagePasteOptions {
	upload: UploadImage;
	onError: (message: string) => void;
	/** Told while files are under way, for a note to the person. */
	onBusy: (count: number) => void;
	sheetWidth: number;
}

/** Images that are dropped on the sheet or pasted: each is uploaded and then put where it was meant. */
export function imagePastePlugin(options: ImagePasteOptions): Plugin {
	let busy = 0;
	const tell = (by: number) => options.onBusy((busy += by));
	const take = async (view: EditorView, file: File, position: number) => {
		tell(1);
		const [result, width] = await Promise.all([options.upload(file), imageWidth(file, options.sheetWidth)]);
		tell(-1);
		if (view.isDestroyed) return;
		if ('error' in result) return options.onError(result.error);
		const { state } = view;
		const at = state.doc.resolve(Math.min(position, state.doc.content.size));
		const place = at.depth === 0 ? at.pos : at.after(1);
		view.dispatch(state.tr.insert(place, state.schema.nodes.image.create({ src: result.url, alt: null, width })));
	};
	return new Plugin({
		props: {
			handlePaste: (view, event) => {
				const files = imagesIn(event.clipboardData);
				// Word puts a picture of copied text beside the text itself.
				if (files.length === 0 || event.clipboardData?.types.includes('text/html')) return false;
				for (const file of files) void take(view, file, view.state.selection.to);
				return true;
			},
			handleDrop: (view, event) => {
				const files = imagesIn(event.dataTransfer);
				if (files.length === 0 || !view.editable) return false;
				const position = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to;
				for (const file of files) void take(view, file, position);
				return true;
			}
		}
	});
}

function imagesIn(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter((file) => IMAGE_TYPES.includes(file.type));
}
