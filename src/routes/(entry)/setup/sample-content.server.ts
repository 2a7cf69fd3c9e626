import { app, type App } from '$lib/server/app.ts';

type FillSample = (app: App, workspaceId: string) => Promise<unknown>;

// Found by its path, so that set-up offers the sample exactly when the documents domain brings one.
const found = import.meta.glob<{ fillSampleWorkspace: FillSample }>('/src/lib/documents/library/sample.server.ts');
const load = Object.values(found)[0];

/** Fills a new workspace with the sample content; null when there is none to offer. */
export const sampleContent = load ? async (workspaceId: string): Promise<void> => void (await (await load()).fillSampleWorkspace(app(), workspaceId)) : null;
