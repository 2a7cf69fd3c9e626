import { writeFile } from 'node:fs/promises';
import { ROWS_FILE, rowTypes } from './support/row-types.ts';
import { testApp } from './support/test-app.ts';

/** `npm run rows`: writes the types of the database anew, as after a migration. */
const { app, close } = await testApp();
await writeFile(ROWS_FILE, await rowTypes(app.sql));
await close();
