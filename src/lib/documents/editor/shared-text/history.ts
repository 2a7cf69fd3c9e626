import type { EditorState } from '@tiptap/pm/state';
import { sharedTextKey, type SharedText } from './shared-text.ts';

/** The shared text that an editor shows; null for an editor of something else. */
export function sharedTextOf(state: EditorState): SharedText | null {
	return sharedTextKey.getState(state)?.shared ?? null;
}

/** Takes back the person's last edit. False when there is none. */
export function undo(state: EditorState): boolean {
	return sharedTextOf(state)?.undo.undo() != null;
}

/** Does again what was taken back last. False when there is nothing. */
export function redo(state: EditorState): boolean {
	return sharedTextOf(state)?.undo.redo() != null;
}

/** Whether there is something to undo and to redo. */
export function historyOf(state: EditorState): { canUndo: boolean; canRedo: boolean } {
	const manager = sharedTextOf(state)?.undo;
	return { canUndo: manager?.canUndo() ?? false, canRedo: manager?.canRedo() ?? false };
}

/** What follows is undone apart from what came before: one undo takes back a replacement, not the typing before it. */
export function beginUndoStep(state: EditorState): void {
	sharedTextOf(state)?.undo.stopCapturing();
}
