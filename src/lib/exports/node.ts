import { elementText } from '../documents/schema/element-text.ts';
import type { JsonNode } from '../documents/schema/json.ts';

/** The attribute as text; empty when it is missing or not text. */
export function stringAttr(node: JsonNode, name: string): string {
	const value = node.attrs?.[name];
	return typeof value === 'string' ? value : '';
}

/** The attribute as a positive number; null when it is missing or not one. */
export function numberAttr(node: JsonNode, name: string): number | null {
	const value = Number(node.attrs?.[name]);
	return Number.isFinite(value) && value > 0 ? value : null;
}

/** All text stored below a node, without notes or computed numbers. */
export function rawText(node: JsonNode): string {
	if (node.type === 'placeholder') return elementText(node.type, node.attrs);
	return node.text ?? (node.content ?? []).map(rawText).join('');
}
