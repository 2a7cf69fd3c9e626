/** The formats a document can be downloaded in; each is also the file's extension. */
export const EXPORT_FORMATS = ['docx', 'txt', 'html', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What each is served as. */
export const CONTENT_TYPES: Record<ExportFormat, string> = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	txt: 'text/plain; charset=utf-8',
	html: 'text/html; charset=utf-8',
	json: 'application/json; charset=utf-8'
};

/** Whether a value names an export format. */
export function isExportFormat(value: unknown): value is ExportFormat {
	return typeof value === 'string' && (EXPORT_FORMATS as readonly string[]).includes(value);
}
