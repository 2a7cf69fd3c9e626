/** The formats a document can be downloaded in; each is also the file's extension. */
export const EXPORT_FORMATS = ['docx', 'txt', 'html', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Whether a value names an export format. */
export function isExportFormat(value: unknown): value is ExportFormat {
	return typeof value === 'string' && (EXPORT_FORMATS as readonly string[]).includes(value);
}
